import type { errors as source } from '../en/errors.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const errors = {
  'error.tooManySubmissions': 'מהחיבור שלכם הגיעו כמה בקשות בתוך שעה. נא להמתין מעט לפני שליחת הבקשה הזאת',
  'error.alreadySent': 'הטופס הזה כבר נשלח, עם תוכן אחר',
  'error.foreignOrigin': 'זה לא נשלח מהעמוד שלנו, ולכן לא בוצעה שום פעולה. נא לפתוח את העמוד מחדש ולשלוח משם',
  'error.internal': 'מצטערים, יש תקלה אצלנו',
  'error.stale': 'משהו השתנה בינתיים, ולכן לא בוצעה שום פעולה. נא לעיין שוב בעמוד לפני שממשיכים',
  'error.malformed': 'לא הצלחנו לקרוא את מה שנשלח. נא לנסות שוב',
  'error.tooManyTries': 'נעשו יותר מדי ניסיונות בזמן קצר. נא להמתין מעט ולנסות שוב',
  'error.otherWay': 'אפשר גם לפנות אלינו בדואר אלקטרוני: {address}',
  'error.requestId': 'אם תכתבו לנו בעניין זה, נא לציין את המספר הבא: {id}',
  'error.retryAfter': {
    one: 'נא לנסות שוב בעוד דקה.',
    two: 'נא לנסות שוב בעוד שתי דקות.',
    other: 'נא לנסות שוב בעוד {count} דקות.',
  },
  'error.staff.refused': 'אי אפשר לעשות זאת במצב הנוכחי של הבקשה. לא השתנה דבר',
  'error.staff.pageUndecided': 'יש לבחור תוצאה לכל עמוד',
  'error.staff.forbidden': 'החשבון הזה מאפשר צפייה בבקשות בלבד',
  'error.bodyTooLarge': 'מה שנשלח גדול מדי בסך הכול. נא לשלוח פחות קבצים, או קבצים קטנים יותר',
  'error.bodyType': 'נא לשלוח באמצעות הטופס שבעמוד שלנו',
  'error.notFound': 'העמוד לא נמצא',
  'error.filesNotKept':
    'מצטערים, איננו יכולים לקבל את זה כרגע. מה שכתבתם עדיין כאן. את הקבצים לא היה אפשר לשמור: יש לבחור אותם שוב',
  'error.unavailable': 'מצטערים, איננו יכולים לקבל את זה כרגע',
} satisfies Translation<typeof source, HebrewPlural>
