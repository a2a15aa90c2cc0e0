import type { casework as source } from '../en/casework.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const casework = {
  'staff.event.handed_over': 'حُوِّل الطلب',
  'staff.event.note_added': 'ملاحظة',
  'staff.event.marked_spam': 'صُنّف الطلب رسالة مزعجة',
  'status.event.marked_spam': 'وُضع الطلب جانبًا',
  'case.history.handedOver': 'حُوِّل الطلب إلى {name}',
  'case.history.letter': 'رسالة بريدية',
  'case.history.show': 'ما يُعرض',
  'case.history.all': 'كل شيء',
  'case.history.claimant': 'مع مقدّم الطلب',
  'case.history.inside': 'بين العاملين',
  'case.history.nothing': 'لا شيء بعد',
  'case.handOver.title': 'تحويل الطلب',
  'case.handOver.to': 'تحويل الطلب إلى',
  'case.handOver.choose': 'اختيار شخص',
  'case.handOver.button': 'تحويل',
  'case.handOver.missing': 'اختاروا من يُحوَّل إليه الطلب',
  'case.lost': 'الطلب الآن لدى {name}. اتُّخذ إجراء فيه بعد أن فتحتم هذه الصفحة، ولم يُنفَّذ ما أرسلتموه.',
  'case.note.title': 'ملاحظة',
  'case.note.inside': 'للعاملين فقط',
  'case.note.body': 'إلى الزملاء',
  'case.note.hint': 'لا يراها مقدّم الطلب أبدًا. ولا يمكن تعديل الملاحظة بعد إضافتها.',
  'case.note.button': 'إضافة الملاحظة',
  'case.note.missing': 'اكتبوا الملاحظة',
  'case.spam.title': 'هذا طلب مزعج',
  'case.spam.words':
    'يوضع الطلب جانبًا ولا تُرسل أي رسالة. وإن كان مرسِله شخصًا حقيقيًا، فصفحة المتابعة توضح ذلك، ويمكنه مراسلتنا منها. ويمكن إعادة فتح الطلب في أي وقت.',
  'case.spam.button': 'تصنيفه طلبًا مزعجًا',
} satisfies Translation<typeof source, ArabicPlural>
