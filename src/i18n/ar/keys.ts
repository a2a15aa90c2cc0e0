import type { keys as source } from '../en/keys.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const keys = {
  'keys.title': 'اختصارات لوحة المفاتيح',
  'keys.hint': 'بحسب موقع الحرف على لوحة مفاتيح لاتينية، أيًّا كانت لغة الكتابة. ويمكن إيقافها في الإعدادات.',
  'keys.next': 'الطلب التالي في القائمة',
  'keys.previous': 'الطلب السابق في القائمة',
  'keys.open': 'فتح الطلب',
  'keys.takeOn': 'تولّي الطلب',
  'keys.reply': 'الكتابة إلى مقدّم الطلب',
  'keys.note': 'كتابة ملاحظة',
  'keys.decide': 'اتخاذ القرار',
  'keys.undo': 'التراجع عمّا هو على وشك الإرسال',
  'keys.search': 'البحث',
  'keys.help': 'عرض هذه الاختصارات',
  'keys.close': 'إغلاق',
} satisfies Translation<typeof source, ArabicPlural>
