export const notices = {
  'notice.privacy.title': 'Privacy',
  'notice.privacy.who': 'Who keeps your details',
  'notice.privacy.who.words':
    '{site} keeps what you send through this service, on its own server. Write to {address} about anything on this page.',
  'notice.privacy.what': 'What is kept, and why',
  'notice.privacy.what.words':
    'Your name and phone number, the page address, the screenshots, and whatever else you choose to give: to deal with your request, to answer you, and to be able to show later what was received and what was done.',
  'notice.privacy.must':
    'You are not obliged by law to give these details. Without name, phone, screenshot and page address we cannot deal with a request; everything else is up to you.',
  'notice.privacy.share': 'Who sees it',
  'notice.privacy.share.words':
    'Staff who deal with requests, and the publisher’s info address, to which a copy is mailed. Nobody else, unless the law requires it.',
  'notice.privacy.long': 'How long',
  'notice.privacy.long.words':
    'As long as the request can matter to a claim of either side; after that it is deleted or made anonymous on request.',
  'notice.privacy.rights': 'Your rights',
  'notice.privacy.rights.words':
    'You may see what is kept about you and ask to have it corrected or deleted, by the Privacy Protection Law. The status page shows you all of it at any time.',
  'notice.privacy.device': 'On your device',
  'notice.privacy.device.words':
    'While you fill in the form, your browser keeps the text in this tab only and forgets it after sending. One cookie opens your request for a day. There is no tracking, and nothing is loaded from elsewhere.',
  'notice.privacy.version': 'Version of {date}',
  'notice.accessibility.title': 'Accessibility',
  'notice.accessibility.aim':
    'This service is built to WCAG 2.2, level AA, which covers Israeli Standard 5568.',
  'notice.accessibility.how':
    'It works with a keyboard alone, with a screen reader, without JavaScript, enlarged to 400 percent, in light and dark, in Arabic, Hebrew and English.',
  'notice.accessibility.checked':
    'Every page is checked by machine in every language before each release. Checks by people with disabilities have not been made yet.',
  'notice.accessibility.tell':
    'If something is in your way, write to {address}: we will help you with your request and mend the page.',
} as const
