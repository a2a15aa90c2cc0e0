import type { royalty as source } from '../en/royalty.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const royalty = {
  'royalty.title': 'المقابل المالي عن الاستخدام السابق',
  'royalty.hint': 'مسار مستقل عن القرار، يظهر لنا فقط ولا يظهر لمقدّم الطلب.',
  'royalty.state': 'الوضع الحالي',
  'royalty.state.not_raised': 'لم يُطرح',
  'royalty.state.raised': 'طرحه مقدّم الطلب',
  'royalty.state.offered': 'عُرض',
  'royalty.state.agreed': 'اتُّفق عليه',
  'royalty.state.paid': 'دُفع',
  'royalty.state.declined': 'رُفض',
  'royalty.amount': 'المبلغ',
  'royalty.note': 'ملاحظة',
  'royalty.change': 'تغيير',
  'royalty.save': 'تسجيل',
  'royalty.changed': '{name}، {moment}',
  'royalty.error.state': 'اختاروا الوضع الحالي',
  'royalty.error.amount': 'أدخلوا المبلغ، مثل 300 أو 300.50',
  'royalty.error.currency': 'اختاروا العملة',
  'royalty.error.note': 'اختصروا الملاحظة',
  'staff.event.royalty_changed': 'سُجّل تغيير في المقابل المالي عن الاستخدام السابق',
} satisfies Translation<typeof source, ArabicPlural>
