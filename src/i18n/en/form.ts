export const form = {
  'form.title': 'Ask us to stop using your material',
  'form.lede':
    'If something of yours appears on {site} and you would like us to stop using it, tell us here. You do not need an account.',
  'form.notice.title': 'What this is about',
  'form.notice.law':
    'Section 27A of the Copyright Act 2007 deals with works whose owner is not known or could not be found. An owner who sees such a work on our site may ask us to stop using it.',
  'form.notice.give':
    'We need four things: your full name, a phone number, a screenshot and the page address.',
  'form.next.title': 'What happens next',
  'form.next.recorded': 'You get a reference and a private link as soon as you send the request.',
  'form.next.looked': 'Our staff look at every page you name.',
  'form.next.decided': {
    one: 'We tell you what we decided for each page. Our aim is to do so within one working day.',
    other: 'We tell you what we decided for each page. Our aim is to do so within {count} working days.',
  },
  'form.otherWay': 'If something here does not work for you, write to us: {address}',
  'form.notNow':
    'Nothing you entered is lost: it is all still on this page. Send it again in a moment, or write to us: {address}. Files that are not listed below must be chosen again.',
  'form.required.title': 'The four things we need',
  'form.name.label': 'Full name',
  'form.phone.label': 'Phone number',
  'form.phone.hint': 'From abroad, begin with the country code, for example {example}',
  'form.screenshot.label': 'Screenshot',
  'form.screenshot.hint': {
    one: 'A picture of our page that shows your material. One file of up to {size}: PNG, JPEG, WebP, GIF, AVIF, HEIC or PDF.',
    other:
      'A picture of our page that shows your material. Up to {count} files of {size} each: PNG, JPEG, WebP, GIF, AVIF, HEIC or PDF.',
  },
  'form.screenshot.choose': 'Choose a file',
  'form.screenshot.drop': 'You can also drop pictures here, or paste them.',
  'form.screenshot.chosen': 'Files chosen',
  'form.screenshot.added': 'Added: {file}',
  'form.screenshot.removed': 'Removed: {file}',
  'form.screenshot.remove': 'Remove {file}',
  'form.kept.title': 'Files we already have from you',
  'form.kept.hint': 'They go with your request. To leave one out, clear its tick.',
  'form.page.label': 'Page address',
  'form.page.hint': 'The address of the page on our site, for example {example}',
  'form.page.nth': 'Page address {number}',
  'form.page.add': 'Add another page',
  'form.page.remove': 'Remove page address {number}',
  'form.optional.title': 'If you wish to add more',
  'form.optional.lede': 'None of this is required. Leaving it out does not weaken your request.',
  'form.email.label': 'Email',
  'form.email.hint': 'So that we can send you the receipt and updates.',
  'form.statement.label': 'What on the page is yours?',
  'form.statement.hint': 'For example: the second photo, or the video at the top.',
  'form.capacity.label': 'You are writing as',
  'form.capacity.owner': 'The rights holder',
  'form.capacity.representative': 'Someone acting for the rights holder',
  'form.capacity.other': 'Someone else',
  'form.honeypot.label': 'Please leave this empty',
  'form.privacy.title': 'What happens to your details',
  'form.privacy.why':
    '{site} keeps what you send here in order to deal with your request, to answer you, and to be able to show what was received and when.',
  'form.privacy.duty':
    'No law obliges you to give these details, but without the four things above we cannot deal with the request.',
  'form.privacy.who':
    'They are seen by the staff who deal with requests, who are also sent a copy by mail, and by nobody else unless the law requires it. They are kept for as long as the request can matter to a claim of either side.',
  'form.privacy.rights':
    'You may ask to see your details and to have them corrected: {address}. The rest is in our {notice}.',
  'form.privacy.notice': 'privacy notice',
  'form.send': 'Send the request',
  'form.client.sending': 'Sending: {percent}',
  'form.client.checking': 'Everything has arrived. One moment, the files are being checked.',
  'form.client.lost':
    'The connection broke before the request reached us. Everything you entered is still here. Check the connection and send it again.',
  'form.client.refused':
    'Everything you entered is still here. Wait a moment and send it again, or write to us: {address}',
  'form.client.restored': 'What you had typed in this tab is here again. Files must be chosen anew.',
  'form.already.title': 'You have sent this form before',
  'form.already.received':
    'A request from this form has already reached us, and it is not the same as what you are sending now.',
  'form.already.ask': 'Shall we receive this as a new, separate request? The first one stays as it is.',
  'form.already.send': 'Send as a new request',
  'form.already.back': 'Go back to the form',
  'form.already.follow': 'To add to the first request instead, {link}.',
  'form.already.followLink': 'open it with its reference and access key',
  'form.already.contents': 'What you are sending now',
  'form.error.name.missing': 'Enter your full name',
  'form.error.name.tooLong': 'Enter a shorter form of the name; this one is too long to keep',
  'form.error.phone.missing': 'Enter a phone number on which we can reach you',
  'form.error.phone.notAPhone':
    'Check the phone number: it needs digits, and the country code if it is from abroad',
  'form.error.phone.tooLong': 'Enter one phone number only',
  'form.error.screenshot.missing': 'Add a screenshot of the page that shows your material',
  'form.error.screenshot.notAnImage':
    'Choose a picture or a PDF in place of {file}: PNG, JPEG, WebP, GIF, AVIF, HEIC or PDF',
  'form.error.screenshot.damaged':
    'Take the screenshot again, or choose another: {file} is damaged and cannot be opened',
  'form.error.screenshot.tooManyPixels':
    'Choose a smaller picture in place of {file}: it has more pixels than we can open',
  'form.error.screenshot.tooSlow':
    'Save {file} again as PNG or JPEG, or take a new screenshot: it takes too long to open',
  'form.error.screenshot.tooLarge': 'Choose a smaller file in place of {file}: one file may have up to {max}',
  'form.error.screenshot.tooMany': 'Leave some files out: {max} at most go with one request',
  'form.error.screenshot.empty': 'Choose {file} again: the file that reached us is empty',
  'form.error.page.missing': 'Enter the address of the page on our site',
  'form.error.page.notAnAddress': 'Copy the whole page address from the browser and paste it here',
  'form.error.page.otherSite':
    'Enter the address of a page on {site}. This one is on {host}; for that page, please turn to the people who run it',
  'form.error.page.tooLong': 'Copy the page address again: this one is too long',
  'form.error.page.tooMany': 'Leave some pages out, and send them in a further request',
  'form.error.email.notAnAddress': 'Enter one email address, or leave this empty',
  'form.error.statement.tooLong': 'Shorten the description; this one is too long to keep',
  'form.error.capacity.unknown': 'Choose one of the answers, or none',
} as const
