export const clocks = {
  'clock.first_look': 'First look',
  'clock.decision': 'Decision',
  'clock.carry_out': 'Carrying out',
  'clock.due': 'due {when}',
  'clock.overdueSince': 'overdue since {when}',
  'clock.overdue': {
    one: 'overdue by {count} working day',
    other: 'overdue by {count} working days',
  },
  'clock.pausedToday': 'paused since today: waiting for the claimant',
  'clock.paused': {
    one: 'paused for {count} day: waiting for the claimant',
    other: 'paused for {count} days: waiting for the claimant',
  },
  'clock.today': 'today {time}',
  'clock.tomorrow': 'tomorrow {time}',
  'clock.yesterday': 'yesterday {time}',
  'clock.nothing': 'nothing due',
  'clock.unanswered': 'The claimant wrote, and nobody has answered yet ({when}).',
  'clock.noAnswer': 'No answer needed',
  'staff.letter.digest': 'To staff: the morning digest',
  'staff.event.no_answer_needed': 'No answer needed',
} as const
