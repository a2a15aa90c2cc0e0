export const form = {
  'form.title': 'Ask us to stop using your material',
  'form.lede':
    'If something of yours appears on the {site} website and you would like us to stop using it, tell us here. You do not need an account.',
  'form.short.title': 'This form cannot take requests at the moment',
  'form.short':
    'Write to us instead: {address}. Give your name, your phone number and the page address, and attach a screenshot. Or come back later.',
  'form.notice.law':
    'Section 27A of the Copyright Act 2007 deals with works whose owner is not known or could not be found. If such a work of yours is on our site, you may ask us to stop using it.',
  'form.notice.give':
    'We need four things: your full name, a phone number, a screenshot and the page address.',
  'form.next.title': 'What happens next',
  'form.next.recorded': 'You get a reference and a private link as soon as you send the request.',
  'form.next.looked': 'Our staff look at every page you name.',
  'form.next.decided': {
    one: 'We tell you what we decided for each page. Our aim is to do so within one working day.',
    other: 'We tell you what we decided for each page. Our aim is to do so within {count} working days.',
  },
  'form.otherWay': 'If this page does not work for you, write to us: {address}',
  'form.notNow':
    'Nothing you entered is lost: it is all still on this page. Send it again in a moment, or write to us: {address}. Choose again any files that are not listed below.',
  'form.required.title': 'The four things we need',
  'form.name.label': 'Full name',
  'form.phone.label': 'Phone number',
  'form.phone.hint': 'If the number is from abroad, start with the country code, for example {example}',
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
  'form.kept.hint': 'They will be sent with your request. To leave a file out, untick it.',
  'form.page.label': 'Page address',
  'form.page.hint': 'The address of the page on our site, for example {example}',
  'form.page.nth': 'Page address {number}',
  'form.page.add': 'Add another page',
  'form.page.remove': 'Remove page address {number}',
  'form.optional.title': 'If you want to add more',
  'form.optional.lede': 'You do not have to fill in any of this. Your request is complete without it.',
  'form.email.label': 'Email',
  'form.email.hint': 'So that we can send you the receipt and updates.',
  'form.statement.label': 'What on the page is yours?',
  'form.statement.hint': 'For example: the second photo, or the video at the top.',
  'form.capacity.label': 'You are writing as',
  'form.capacity.owner': 'The rights holder',
  'form.capacity.representative': 'Someone acting for the rights holder',
  'form.capacity.other': 'Someone else',
  'form.honeypot.label': 'Leave this field empty',
  'form.privacy.title': 'What happens to your details',
  'form.privacy.why':
    '{site} keeps what you send here to deal with your request, to answer you, and to be able to show what was received and when.',
  'form.privacy.duty':
    'You are not required by law to give these details. We need the four things above to find the page and to answer you, and the form cannot be sent without them.',
  'form.privacy.who':
    'They are seen by the staff who deal with requests, and a copy is emailed to our info address. Nobody else sees them unless the law requires it. They are kept for as long as they may be needed to show what was asked and what was done; nothing is deleted automatically.',
  'form.privacy.rights':
    'You can ask to see your details and to have them corrected: {address}. There is more in our {notice}.',
  'form.privacy.notice': 'privacy notice',
  'form.send': 'Send the request',
  'form.client.sending': 'Sending: {percent}',
  'form.client.checking': 'Everything has arrived. One moment, the files are being checked.',
  'form.client.lost':
    'The connection was lost before we could confirm that the request arrived. Everything you entered is still here. Check the connection and send it again: it will not be recorded twice.',
  'form.client.refused':
    'Everything you entered is still here. Wait a moment and send it again, or write to us: {address}',
  'form.client.restored': 'What you typed earlier in this tab is back. You need to choose the files again.',
  'form.already.title': 'You have already sent this form',
  'form.already.received':
    'A request from this form has already reached us, and it is not the same as what you are sending now.',
  'form.already.ask': 'Do you want to send this as a new, separate request? The first one stays as it is.',
  'form.already.send': 'Send as a new request',
  'form.already.back': 'Go back to the form',
  'form.already.follow': 'To add to the first request instead, {link}.',
  'form.already.followLink': 'open it with its reference and access key',
  'form.already.contents': 'What you are sending now',
  'form.error.name.missing': 'Enter your full name',
  'form.error.name.tooLong': 'Enter a shorter version of the name: this one is too long for us to keep',
  'form.error.phone.missing': 'Enter a phone number we can reach you on',
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
  'form.error.screenshot.tooLarge': 'Choose a smaller file in place of {file}: each file can be up to {max}',
  'form.error.screenshot.tooMany': 'Remove some files: {max} is the most you can send with one request',
  'form.error.screenshot.empty': 'Choose {file} again: the file that reached us is empty',
  'form.error.page.missing': 'Enter the address of the page on our site',
  'form.error.page.notAnAddress': 'Copy the whole page address from the browser and paste it here',
  'form.error.page.otherSite':
    'Enter the address of a page on the {site} website. This one is on {host}, so please contact the people who run that site',
  'form.error.page.tooLong': 'Copy the page address again: this one is too long',
  'form.error.page.tooMany': 'Remove some pages and send them in another request',
  'form.error.email.notAnAddress': 'Enter one email address, or leave this empty',
  'form.error.statement.tooLong': 'Shorten the description; this one is too long to keep',
  'form.error.capacity.unknown': 'Choose one of the answers, or none',
} as const
