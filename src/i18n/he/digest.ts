import type { digest as source } from '../en/digest.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const digest = {
  'digest.subject': 'מה מחכה לכם הבוקר: {counts}',
  'digest.count.overdue': 'באיחור: {count}',
  'digest.count.dueToday': 'להיום: {count}',
  'digest.count.unclaimed': 'חדשות: {count}',
  'digest.count.replied': 'ממתינות לתשובה: {count}',
  'digest.count.mail': 'מכתבים שלא נשלחו: {count}',
  'digest.hello': 'בוקר טוב, {name}.',
  'digest.intro': 'זה מה שמחכה לכם, ומה שאיש עוד לא לקח לטיפולו.',
  'digest.overdue': 'באיחור ({count})',
  'digest.dueToday': 'המועד היום ({count})',
  'digest.unclaimed': 'חדשות, עוד לא בטיפול ({count})',
  'digest.replied': 'הפונה כתב ומחכה לתשובה ({count})',
  'digest.escalated': 'למנהלים: באיחור של יותר מיום עבודה אחד, בטיפול כל מי שיהיה ({count})',
  'digest.escalatedBy': '{due}; בטיפול {name}',
  'digest.escalatedByNobody': '{due}; לא בטיפול',
  'digest.mail': 'מכתבים שלא נשלחו ({count})',
  'digest.mailWords': 'הנמענים עוד לא קיבלו אותם. הסיבה מופיעה בעמוד הדואר.',
  'digest.mailLink': 'למכתבים',
  'digest.since': 'מאז {when}',
  'digest.received': 'התקבלה {when}',
  'digest.more': {
    one: 'ועוד בקשה אחת',
    two: 'ועוד שתי בקשות',
    other: 'ועוד {count} בקשות',
  },
  'digest.open': 'פתיחת דסק הבקשות',
  'digest.settings': 'המכתב נשלח בימי עבודה, רק כשמשהו מחכה. לשינוי השעה או להפסקה: {url}',
} satisfies Translation<typeof source, HebrewPlural>
