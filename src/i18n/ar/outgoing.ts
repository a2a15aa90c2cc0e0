import type { outgoing as source } from '../en/outgoing.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const outgoing = {
  'outgoing.preview.title': 'قبل الإرسال',
  'outgoing.preview.words': 'لم يُرسل شيء ولم يتغيّر شيء بعد. ما يظهر هنا هو بالضبط ما سيُرسل.',
  'outgoing.preview.to': 'إلى',
  'outgoing.preview.subject': 'الموضوع',
  'outgoing.preview.language': 'اللغة',
  'outgoing.preview.frame': 'الرسالة كما ستظهر لمقدّم الطلب',
  'outgoing.preview.key':
    'في موضع {dots} تحمل الرسالة مفتاح المتابعة الخاص بمقدّم الطلب. يُضاف المفتاح عند خروج الرسالة، ولا يراه أحد في لوحة المعالجة.',
  'outgoing.preview.text': 'الرسالة نفسها نصًّا بلا تنسيق',
  'outgoing.preview.noEmail':
    'لم يُذكر بريد إلكتروني، لذلك لن تخرج رسالة. سيظهر هذا في صفحة المتابعة، ويمكن أيضًا الاتصال هاتفيًا: {phone}',
  'outgoing.preview.noLetter':
    'لن تخرج رسالة الآن. تُرسل رسالة القرار بعد تنفيذ كل شيء، وحتى ذلك الحين تعرض صفحة المتابعة ما يلي:',
  'outgoing.preview.status': 'ما ستعرضه صفحة المتابعة',
  'outgoing.preview.send': 'إرسال',
  'outgoing.preview.record': 'تأكيد',
  'outgoing.preview.undoable': 'يمكن التراجع عن ذلك خلال {seconds} ثانية.',
  'outgoing.preview.change': 'العودة للتعديل',
  'outgoing.preview.changed':
    'تغيّر الطلب أو تغيّرت الرسالة منذ أن اطّلعتم عليها. لم يُرسل شيء، وهذه هي الصيغة الآن.',
  'outgoing.pending.letter': 'رسالة إلى مقدّم الطلب على وشك الخروج',
  'outgoing.pending.question': 'سؤال إلى مقدّم الطلب على وشك الخروج',
  'outgoing.pending.decision': 'القرار على وشك الخروج',
  'outgoing.pending.reopening': 'الطلب على وشك أن يُفتح من جديد',
  'outgoing.pending.duplicate': 'الطلب على وشك أن يُضمّ إلى طلب آخر',
  'outgoing.pending.by': 'المرسِل: {name}. لا يتغيّر شيء ولا يظهر شيء لمقدّم الطلب قبل خروجها.',
  'outgoing.pending.seconds': 'الثواني المتبقية: {seconds}',
  'outgoing.pending.undo': 'تراجع',
  'outgoing.pending.now': 'يجري الإرسال الآن.',
  'outgoing.pending.look': 'عرض حالة الطلب الآن',
  'outgoing.pending.refused':
    'ثمة ما هو على وشك الخروج في هذا الطلب. انتظروا خروجه أو تراجعوا عنه. لم يُنفَّذ ما أرسلتموه الآن.',
  'outgoing.pending.gone': 'لا شيء يمكن التراجع عنه: إما أنه خرج، وإما أنه سبق التراجع عنه.',
  'outgoing.draft.undone': 'تم التراجع. لم يخرج شيء، ونصّكم موجود هنا.',
  'outgoing.draft.restored':
    'استُعيد هذا من نسخة احتياطية. ربما خرج من قبل: راجعوا الرسائل قبل أن ترسلوه مرة أخرى.',
  'outgoing.draft.stale':
    'لم يخرج هذا: تغيّر الطلب قبل ذلك. اطّلعوا على الجديد، ثم أرسلوه مرة أخرى إن كان لا يزال مناسبًا.',
  'outgoing.draft.at': 'مسودّتكم، حُفظت في {moment}. لا يراها أحد غيركم.',
  'outgoing.draft.keep': 'حفظ المسودّة',
  'outgoing.draft.discard': 'حذف المسودّة',
  'outgoing.draft.kept': 'حُفظت المسودّة',
  'outgoing.draft.notKept': 'تعذّر حفظ المسودّة. انسخوا النص قبل مغادرة الصفحة.',
  'outgoing.see': 'معاينة قبل الإرسال',
} satisfies Translation<typeof source, ArabicPlural>
