import type { royalty as source } from '../en/royalty.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const royalty = {
  'royalty.title': 'תשלום על שימוש בעבר',
  'royalty.hint': 'מסלול נפרד מההחלטה, גלוי רק לנו ואינו מוצג לפונה.',
  'royalty.state': 'המצב',
  'royalty.state.not_raised': 'לא עלה',
  'royalty.state.raised': 'הפונה העלה',
  'royalty.state.offered': 'הוצע',
  'royalty.state.agreed': 'סוכם',
  'royalty.state.paid': 'שולם',
  'royalty.state.declined': 'נדחה',
  'royalty.amount': 'סכום',
  'royalty.note': 'הערה',
  'royalty.change': 'שינוי',
  'royalty.save': 'רישום',
  'royalty.changed': '{name}, {moment}',
  'royalty.error.state': 'יש לבחור מצב',
  'royalty.error.amount': 'יש להזין סכום, למשל 300 או 300.50',
  'royalty.error.currency': 'יש לבחור מטבע',
  'royalty.error.note': 'יש לקצר את ההערה',
  'staff.event.royalty_changed': 'נרשם שינוי בתשלום על שימוש בעבר',
} satisfies Translation<typeof source, HebrewPlural>
