import type { errors as source } from '../en/errors.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const errors = {
  'error.tooManySubmissions':
    'وصلت عدة طلبات من شبكة الاتصال نفسها خلال ساعة. يُرجى الانتظار قليلًا قبل إرسال هذا الطلب',
  'error.alreadySent': 'سبق إرسال هذا النموذج بمحتوى مختلف',
  'error.foreignOrigin': 'لم يُرسل هذا من صفحتنا، لذلك لم يُنفَّذ شيء. يُرجى فتح الصفحة من جديد والإرسال منها',
  'error.internal': 'عذرًا، حدث خلل لدينا',
  'error.stale':
    'تغيّر شيء في هذه الأثناء، لذلك لم يُنفَّذ أي إجراء. يُرجى الاطلاع على الصفحة من جديد قبل المتابعة',
  'error.malformed': 'تعذّرت قراءة ما أُرسل. يُرجى المحاولة من جديد',
  'error.tooManyTries': 'جرت محاولات كثيرة في وقت قصير. يُرجى الانتظار قليلًا ثم المحاولة من جديد',
  'error.otherWay': 'يمكن أيضًا التواصل معنا عبر البريد الإلكتروني: {address}',
  'error.requestId': 'إذا راسلتمونا بهذا الشأن، يُرجى ذكر هذا الرقم: {id}',
  'error.retryAfter': {
    zero: 'يُرجى المحاولة من جديد بعد قليل.',
    one: 'يُرجى المحاولة من جديد بعد دقيقة.',
    two: 'يُرجى المحاولة من جديد بعد دقيقتين.',
    few: 'يُرجى المحاولة من جديد بعد {count} دقائق.',
    many: 'يُرجى المحاولة من جديد بعد {count} دقيقة.',
    other: 'يُرجى المحاولة من جديد بعد {count} دقيقة.',
  },
  'error.staff.refused': 'لا يمكن تنفيذ ذلك والطلب في حالته الراهنة. لم يتغيّر شيء',
  'error.staff.pageUndecided': 'يلزم تحديد نتيجة لكل صفحة',
  'error.staff.forbidden': 'يتيح هذا الحساب الاطلاع على الطلبات فقط، من دون اتخاذ إجراءات',
  'error.bodyTooLarge': 'الحجم الإجمالي لما أُرسل أكبر من المسموح به. يُرجى إرسال ملفات أقل عددًا أو أصغر حجمًا',
  'error.bodyType': 'يُرجى الإرسال عبر النموذج في صفحتنا',
  'error.notFound': 'تعذّر العثور على هذه الصفحة',
  'error.unavailable': 'عذرًا، لا يمكننا استلام ما أُرسل في هذه اللحظة',
} satisfies Translation<typeof source, ArabicPlural>
