import type { casework as source } from '../en/casework.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const casework = {
  'staff.event.handed_over': 'הבקשה הועברה',
  'staff.event.note_added': 'הערה',
  'staff.event.marked_spam': 'סומנה כדואר זבל',
  'status.event.marked_spam': 'הבקשה הונחה בצד',
  'case.history.handedOver': 'הבקשה הועברה אל {name}',
  'case.history.letter': 'מכתב',
  'case.history.show': 'מה להציג',
  'case.history.all': 'הכול',
  'case.history.claimant': 'מול הפונה',
  'case.history.inside': 'בתוך הצוות',
  'case.history.nothing': 'עדיין אין דבר',
  'case.handOver.title': 'העברה לטיפול אחר',
  'case.handOver.to': 'העברת הבקשה אל',
  'case.handOver.choose': 'בחירת אדם',
  'case.handOver.button': 'העברה',
  'case.handOver.missing': 'יש לבחור אל מי להעביר את הבקשה',
  'case.lost': 'הבקשה נמצאת עכשיו אצל {name}. מישהו פעל בה אחרי שפתחתם את העמוד, ומה ששלחתם לא בוצע.',
  'case.note.title': 'הערה',
  'case.note.inside': 'לצוות בלבד',
  'case.note.body': 'לעמיתים',
  'case.note.hint': 'הפונה לעולם לא יראה אותה. אי אפשר לשנות הערה אחרי שנוספה.',
  'case.note.button': 'הוספת ההערה',
  'case.note.missing': 'יש לכתוב את ההערה',
  'case.spam.title': 'זו בקשת זבל',
  'case.spam.words':
    'הבקשה מונחת בצד ולא יוצא שום מכתב. אם שלח אותה אדם אמיתי, עמוד המעקב אומר זאת, ואפשר לכתוב לנו משם. אפשר לפתוח אותה מחדש בכל עת.',
  'case.spam.button': 'סימון כזבל',
} satisfies Translation<typeof source, HebrewPlural>
