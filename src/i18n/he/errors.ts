import type { errors as source } from '../en/errors.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const errors = {
  'error.tooManySubmissions':
    'הגיעו כמה בקשות מהחיבור שלכם בתוך שעה, ולכן צריך להמתין מעט עם הבקשה הזאת. דבר ממה שהקלדתם לא אבד',
  'error.alreadySent': 'הטופס הזה כבר נשלח, עם תוכן אחר',
  'error.foreignOrigin': 'זה לא הגיע מהעמוד שלנו ולכן לא בוצע. יש לפתוח את העמוד מחדש ולשלוח משם',
  'error.internal': 'מצטערים, משהו השתבש אצלנו',
  'error.stale': 'משהו השתנה בינתיים. דבר לא בוצע; נא לעיין בעמוד שוב',
  'error.malformed': 'לא הצלחנו לקרוא את מה שנשלח. נא לנסות שוב',
  'error.tooManyTries': 'יותר מדי ניסיונות בזמן קצר. נא להמתין מעט ולנסות שוב',
  'error.otherWay': 'אפשר גם לפנות אלינו בדואר אלקטרוני: {address}',
  'error.retryAfter': {
    one: 'נא לנסות שוב בעוד דקה.',
    two: 'נא לנסות שוב בעוד שתי דקות.',
    other: 'נא לנסות שוב בעוד {count} דקות.',
  },
  'error.staff.refused': 'אי אפשר לעשות זאת במצב הנוכחי. דבר לא השתנה',
  'error.staff.pageUndecided': 'יש לבחור תוצאה לכל עמוד',
  'error.staff.forbidden': 'החשבון שלך מאפשר צפייה בלבד',
  'error.bodyTooLarge': 'מה שנשלח גדול מדי בסך הכול. נא לשלוח פחות קבצים, או קבצים קטנים יותר',
  'error.bodyType': 'נא לשלוח דרך הטופס שבעמוד שלנו',
  'error.notFound': 'לא מצאנו את העמוד',
  'error.unavailable': 'מצטערים, אי אפשר לקבל את זה כרגע',
} satisfies Translation<typeof source, HebrewPlural>
