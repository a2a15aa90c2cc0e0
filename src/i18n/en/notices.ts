export const notices = {
  'notice.privacy.title': 'Privacy',
  'notice.privacy.who': 'Who keeps your details',
  'notice.privacy.who.words':
    '{site} keeps what you send through this service. Write to {address} about anything on this page.',
  'notice.privacy.what': 'What is kept, and why',
  'notice.privacy.what.words':
    'Your name and phone number, the page address, the screenshots, and anything else you choose to give. They are kept to deal with your request, to answer you, and to be able to show later what was received and what was done. To limit misuse, requests are counted for an hour under a coded form of your network address.',
  'notice.privacy.must':
    'You are not required by law to give these details. We need the name, phone number, screenshot and page address to find the page and to answer you, and the form cannot be sent without them. Everything else is up to you.',
  'notice.privacy.share': 'Who sees it',
  'notice.privacy.share.words':
    'The staff who deal with requests. A copy is also emailed to the publisher’s info address. Nobody else sees it unless the law requires it.',
  'notice.privacy.long': 'How long',
  'notice.privacy.long.words':
    'For as long as it may be needed to show what was asked and what was done, including in a legal claim. Nothing is deleted automatically. Files that were uploaded with a form that was never sent are set aside after a day. You can write to us to ask for something to be deleted.',
  'notice.privacy.rights': 'Your rights',
  'notice.privacy.rights.words':
    'Under the Privacy Protection Law you may see what is kept about you, and ask us to correct or delete what is wrong, incomplete or out of date. The status page shows you what you sent and what has been done.',
  'notice.privacy.device': 'On your device',
  'notice.privacy.device.words':
    'While you fill in the form, your browser keeps the text in this tab only, and forgets it once the form is sent. A cookie opens your request for a day after you have used its link. There is no tracking, and nothing is loaded from other sites.',
  'notice.privacy.version': 'Version of {date}',
  'notice.accessibility.title': 'Accessibility',
  'notice.accessibility.aim':
    'Our aim is that this service meets WCAG 2.2, level AA, and Israeli Standard 5568.',
  'notice.accessibility.how':
    'You can use it with a keyboard alone, with a screen reader, without JavaScript, enlarged to 400%, in light and dark, and in Arabic, Hebrew and English.',
  'notice.accessibility.checked':
    'Every page is checked by a program in every language before each release. The service has not yet been tested with people with disabilities.',
  'notice.accessibility.tell':
    'If something is in your way, write to {address}. We will help you with your request and work on fixing the page.',
} as const
