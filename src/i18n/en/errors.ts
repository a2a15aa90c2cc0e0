export const errors = {
  'error.tooManySubmissions':
    'Several requests have come from your connection within the hour, so this one has to wait a little. Nothing you typed is lost',
  'error.alreadySent': 'This form was sent before, with other content',
  'error.foreignOrigin':
    'This did not come from our own page, so it was not carried out. Please open the page again and send from there',
  'error.internal': 'Sorry, something went wrong on our side',
  'error.stale': 'Something changed in the meantime. Nothing was done; please look at the page again',
  'error.malformed': 'We could not read what was sent. Please try again',
  'error.tooManyTries': 'Too many tries in a short time. Please wait a little and try again',
  'error.otherWay': 'You can also reach us by email: {address}',
  'error.retryAfter': {
    one: 'Please try again in one minute.',
    other: 'Please try again in {count} minutes.',
  },
  'error.staff.refused': 'This cannot be done in the present status. Nothing was changed',
  'error.staff.pageUndecided': 'Every page needs an outcome',
  'error.staff.forbidden': 'Your account may read but not act',
  'error.bodyTooLarge': 'What was sent is too large in all. Please send fewer or smaller files',
  'error.bodyType': 'Please send this through the form on our page',
  'error.notFound': 'We could not find that page',
  'error.unavailable': 'Sorry, we cannot take this right now',
} as const
