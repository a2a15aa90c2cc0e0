import type { errors as source } from '../en/errors.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const errors = {
  'error.tooManySubmissions':
    'وصلت عدّة طلبات من اتّصالكم خلال ساعة، لذلك يلزم الانتظار قليلًا قبل إرسال هذا الطلب. لم يضع شيء ممّا كُتب',
  'error.alreadySent': 'سبق إرسال هذا النموذج بمحتوى مختلف',
  'error.foreignOrigin': 'لم يصل هذا من صفحتنا، لذلك لم يُنفَّذ. يُرجى فتح الصفحة من جديد والإرسال منها',
  'error.internal': 'عذرًا، حدث خلل من جهتنا',
  'error.stale': 'تغيّر شيء في هذه الأثناء، ولم يُنفَّذ أيّ إجراء. يُرجى الاطّلاع على الصفحة من جديد',
  'error.malformed': 'تعذّرت قراءة ما أُرسل. يُرجى المحاولة من جديد',
  'error.tooManyTries': 'محاولات كثيرة في وقت قصير. يُرجى الانتظار قليلًا ثمّ المحاولة من جديد',
  'error.otherWay': 'يمكن أيضًا التواصل معنا عبر البريد الإلكتروني: {address}',
  'error.retryAfter': {
    zero: 'يُرجى المحاولة من جديد بعد قليل.',
    one: 'يُرجى المحاولة من جديد بعد دقيقة.',
    two: 'يُرجى المحاولة من جديد بعد دقيقتين.',
    few: 'يُرجى المحاولة من جديد بعد {count} دقائق.',
    many: 'يُرجى المحاولة من جديد بعد {count} دقيقة.',
    other: 'يُرجى المحاولة من جديد بعد {count} دقيقة.',
  },
  'error.staff.refused': 'لا يمكن تنفيذ ذلك في الحالة الراهنة. لم يتغيّر شيء',
  'error.staff.pageUndecided': 'يلزم تحديد نتيجة لكلّ صفحة',
  'error.staff.forbidden': 'يتيح حسابك الاطّلاع دون اتّخاذ إجراءات',
  'error.bodyTooLarge': 'حجم ما أُرسل أكبر من المسموح به. يُرجى إرسال ملفات أقل أو أصغر حجمًا',
  'error.bodyType': 'يُرجى الإرسال من خلال النموذج الموجود على صفحتنا',
  'error.notFound': 'لم نجد هذه الصفحة',
  'error.unavailable': 'عذرًا، يتعذّر الاستلام في هذه اللحظة',
} satisfies Translation<typeof source, ArabicPlural>
