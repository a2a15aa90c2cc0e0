export const errors = {
  'error.notFound': 'We could not find that page',
  'error.unavailable': 'Sorry, we cannot take this right now',
} as const
