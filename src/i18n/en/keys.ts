export const keys = {
  'keys.title': 'Keys',
  'keys.hint':
    'By their place on a Latin keyboard, whatever layout is on. They can be switched off in the settings.',
  'keys.next': 'Next request in the list',
  'keys.previous': 'Previous request in the list',
  'keys.open': 'Open it',
  'keys.takeOn': 'Take the request on',
  'keys.reply': 'Write to the claimant',
  'keys.note': 'Write a note',
  'keys.decide': 'Decide',
  'keys.undo': 'Undo what is about to leave',
  'keys.search': 'Search',
  'keys.help': 'Show these keys',
  'keys.close': 'Close',
} as const
