import type { clocks as source } from '../en/clocks.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const clocks = {
  'clock.first_look': 'בדיקה ראשונה',
  'clock.decision': 'החלטה',
  'clock.carry_out': 'ביצוע',
  'clock.due': 'עד {when}',
  'clock.overdueSince': 'באיחור מאז {when}',
  'clock.overdue': {
    one: 'באיחור של יום עבודה אחד',
    two: 'באיחור של שני ימי עבודה',
    other: 'באיחור של {count} ימי עבודה',
  },
  'clock.pausedToday': 'המניין מושהה מהיום: ממתינים לפונה',
  'clock.paused': {
    one: 'המניין מושהה יום אחד: ממתינים לפונה',
    two: 'המניין מושהה יומיים: ממתינים לפונה',
    other: 'המניין מושהה {count} ימים: ממתינים לפונה',
  },
  'clock.today': 'היום {time}',
  'clock.tomorrow': 'מחר {time}',
  'clock.yesterday': 'אתמול {time}',
  'clock.nothing': 'אין מועד קרוב',
  'clock.unanswered': 'התקבלה הודעה מהפונה וטרם ניתנה תשובה ({when}).',
  'clock.noAnswer': 'אין צורך בתשובה',
  'staff.letter.digest': 'לצוות: תקציר הבוקר',
  'staff.event.no_answer_needed': 'אין צורך בתשובה',
} satisfies Translation<typeof source, HebrewPlural>
