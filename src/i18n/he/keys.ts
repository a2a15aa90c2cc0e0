import type { keys as source } from '../en/keys.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const keys = {
  'keys.title': 'מקשי קיצור',
  'keys.hint': 'לפי מקום המקש במקלדת לטינית, בכל שפת הקלדה. אפשר לכבות אותם בהגדרות.',
  'keys.next': 'הבקשה הבאה ברשימה',
  'keys.previous': 'הבקשה הקודמת ברשימה',
  'keys.open': 'פתיחת הבקשה',
  'keys.takeOn': 'לקיחת הבקשה לטיפול',
  'keys.reply': 'כתיבה לפונה',
  'keys.note': 'כתיבת הערה',
  'keys.decide': 'קבלת החלטה',
  'keys.undo': 'ביטול של מה שעומד לצאת',
  'keys.search': 'חיפוש',
  'keys.help': 'הצגת המקשים',
  'keys.close': 'סגירה',
} satisfies Translation<typeof source, HebrewPlural>
