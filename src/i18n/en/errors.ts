export const errors = {
  'error.tooManySubmissions':
    'Several requests have come from your connection in the past hour. Wait a little before you send this one',
  'error.alreadySent': 'This form has already been sent, with different content',
  'error.foreignOrigin':
    'This was not sent from our own page, so nothing was done. Open the page again and send it from there',
  'error.internal': 'Sorry, there is a problem on our side',
  'error.stale':
    'Something changed in the meantime, so nothing was done. Look at the page again before you go on',
  'error.malformed': 'We could not read what was sent. Try again',
  'error.tooManyTries': 'There have been too many attempts in a short time. Wait a little and try again',
  'error.otherWay': 'You can also reach us by email: {address}',
  'error.requestId': 'If you write to us about this, please give this number: {id}',
  'error.retryAfter': { one: 'Try again in one minute.', other: 'Try again in {count} minutes.' },
  'error.staff.refused': 'This cannot be done while the request has its present status. Nothing was changed',
  'error.staff.pageUndecided': 'Every page needs an outcome',
  'error.staff.forbidden': 'This account can view requests but cannot act on them',
  'error.bodyTooLarge': 'What you sent is too large in total. Send fewer or smaller files',
  'error.bodyType': 'Use the form on our page to send this',
  'error.notFound': 'We could not find that page',
  'error.filesNotKept':
    'Sorry, we cannot take this at the moment. Your words are still here. Your files could not be kept: choose them again',
  'error.unavailable': 'Sorry, we cannot take this at the moment',
} as const
