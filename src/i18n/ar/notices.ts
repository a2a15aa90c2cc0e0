import type { notices as source } from '../en/notices.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const notices = {
  'notice.privacy.title': 'الخصوصية',
  'notice.privacy.who': 'من يحتفظ ببياناتكم',
  'notice.privacy.who.words':
    'تحتفظ {site} بما ترسلونه عبر هذه الخدمة على خادمها الخاصّ. للاستفسار عن أيّ ممّا يرد في هذه الصفحة: {address}.',
  'notice.privacy.what': 'ما الذي يُحفظ ولماذا',
  'notice.privacy.what.words':
    'الاسم ورقم الهاتف ورابط الصفحة ولقطات الشاشة وكلّ ما تختارون تقديمه: لمعالجة الطلب والردّ عليكم، ولإثبات ما استُلم وما اتُّخذ لاحقًا.',
  'notice.privacy.must':
    'لا يُلزمكم القانون بتقديم هذه البيانات. من دون الاسم والهاتف ولقطة الشاشة ورابط الصفحة لا نستطيع معالجة الطلب، وما عدا ذلك متروك لكم.',
  'notice.privacy.share': 'من يطّلع عليها',
  'notice.privacy.share.words':
    'الطاقم الذي يعالج الطلبات، وعنوان البريد العامّ لدى الناشر الذي تُرسل إليه نسخة. لا أحد غيرهم، إلّا إذا ألزم القانون بذلك.',
  'notice.privacy.long': 'المدّة',
  'notice.privacy.long.words':
    'ما دام الطلب ذا صلة بحقّ يدّعيه أيّ من الطرفين، ثمّ يُحذف أو تُزال منه الهويّة عند الطلب.',
  'notice.privacy.rights': 'حقوقكم',
  'notice.privacy.rights.words':
    'يحقّ لكم الاطّلاع على ما يُحفظ عنكم وطلب تصحيحه أو حذفه بموجب قانون حماية الخصوصية. وتعرض صفحة المتابعة كلّ ذلك في أيّ وقت.',
  'notice.privacy.device': 'على جهازكم',
  'notice.privacy.device.words':
    'أثناء تعبئة النموذج يحتفظ المتصفّح بالنصّ في هذا التبويب فقط وينساه بعد الإرسال. ملفّ ارتباط واحد يفتح طلبكم مدّة يوم. لا تتبّع هنا، ولا يُحمَّل شيء من مواقع أخرى.',
  'notice.privacy.version': 'نسخة {date}',
  'notice.accessibility.title': 'إمكانية الوصول',
  'notice.accessibility.aim':
    'بُنيت هذه الخدمة وفق معيار WCAG 2.2 بمستوى AA، الذي يشمل المواصفة الإسرائيلية 5568.',
  'notice.accessibility.how':
    'تعمل الخدمة بلوحة المفاتيح وحدها، ومع قارئ الشاشة، ومن دون JavaScript، ومع التكبير حتى 400 بالمئة، بالوضعين الفاتح والداكن، وبالعربية والعبرية والإنجليزية.',
  'notice.accessibility.checked':
    'تُفحص كلّ صفحة آليًّا بكلّ لغة قبل كلّ إصدار. لم تُجرَ بعد فحوص بمشاركة أشخاص من ذوي الإعاقة.',
  'notice.accessibility.tell':
    'إن واجهتم أيّ عائق، يُرجى الكتابة إلى {address}: سنساعدكم في طلبكم ونُصلح الصفحة.',
} satisfies Translation<typeof source, ArabicPlural>
