import type { Locale } from '../i18n/locales.ts'

type InEach = Readonly<Record<Locale, string>>

/**
 * The replies that a new desk begins with. The letter greets and signs, so they do neither; they ask, or say what
 * happens next, and tell nothing that only a decision can tell.
 */
export const defaultReplies: readonly { readonly names: InEach; readonly texts: InEach }[] = [
  {
    names: { ar: 'سؤال: أي مادة في الصفحة؟', he: 'שאלה: איזה חומר בעמוד?', en: 'Question: which material?' },
    texts: {
      ar: 'نودّ أن نعرف بالضبط أي مادة في الصفحة هي المقصودة:\n{page}\n\nيُرجى وصفها بكلمات قليلة، مثل موضعها في الصفحة وما يظهر فيها، أو إرفاق لقطة شاشة تظهر فيها بوضوح.',
      he: 'נשמח לדעת בדיוק לאיזה חומר בעמוד הכוונה:\n{page}\n\nאפשר לתאר אותו בכמה מילים, למשל היכן הוא מופיע ומה רואים בו, או לצרף צילום מסך שבו רואים אותו היטב.',
      en: 'Please tell us exactly which material on the page is meant:\n{page}\n\nA few words are enough, such as where it stands and what it shows. You can also add a screenshot in which it can be seen clearly.',
    },
  },
  {
    names: {
      ar: 'سؤال: لقطة شاشة أوضح',
      he: 'שאלה: צילום מסך ברור יותר',
      en: 'Question: a clearer screenshot',
    },
    texts: {
      ar: 'يصعب علينا أن نتبيّن المادة في لقطة الشاشة المرفقة. يُرجى إرفاق لقطة أخرى عبر صفحة المتابعة تظهر فيها المادة والصفحة التي نُشرت فيها.',
      he: 'קשה לנו לזהות את החומר בצילום המסך שצורף. נא לצרף בעמוד המעקב צילום נוסף, שבו רואים את החומר ואת העמוד שבו הוא מופיע.',
      en: 'We find it hard to make out the material in the screenshot. Please add another one on the status page that shows the material and the page it stands on.',
    },
  },
  {
    names: {
      ar: 'سؤال: ما صلتكم بالمادة؟',
      he: 'שאלה: מה הקשר שלכם לחומר?',
      en: 'Question: how is it yours?',
    },
    texts: {
      ar: 'يساعدنا في الفحص أن نعرف كيف تعود إليكم الحقوق في المادة: مثلًا إن كانت من تصويركم، أو أين نُشرت أول مرة، أو باسم من تكتبون. إن كان لديكم ما يبيّن ذلك فيمكن إرفاقه عبر صفحة المتابعة.',
      he: 'כדי שנוכל לבדוק, יעזור לנו לדעת מה הקשר שלכם לחומר: למשל אם אתם צילמתם אותו, היכן פורסם לראשונה, או בשם מי אתם פונים. אם יש לכם דבר שמראה זאת, אפשר לצרף אותו בעמוד המעקב.',
      en: 'It helps us to know how the material is yours: for example whether you took the picture, where it was first published, or for whom you are writing. If you have something that shows this, you can add it on the status page.',
    },
  },
  {
    names: { ar: 'الطلب قيد الفحص', he: 'הבקשה בבדיקה', en: 'We are looking into it' },
    texts: {
      ar: 'طلبكم {reference} قيد الفحص. هدفنا أن نتخذ القرار في موعد أقصاه {due}. إن كانت لديكم إضافة فيمكن كتابتها عبر صفحة المتابعة في أي وقت.',
      he: 'הבקשה שלכם, {reference}, נמצאת בבדיקה. אנו שואפים להחליט עד {due}. אם יש לכם מה להוסיף, אפשר לכתוב בעמוד המעקב בכל עת.',
      en: 'We are looking into your request {reference}. Our aim is to decide by {due}. If you have something to add, you can write on the status page at any time.',
    },
  },
  {
    names: { ar: 'شكرًا على الردّ', he: 'תודה על התשובה', en: 'Thank you for your answer' },
    texts: {
      ar: 'شكرًا على ردّكم. نتابع الفحص الآن، وهدفنا أن نتخذ القرار في موعد أقصاه {due}.',
      he: 'תודה על תשובתכם. הבדיקה נמשכת, ואנו שואפים להחליט עד {due}.',
      en: 'Thank you for your answer. Our review goes on, and our aim is to decide by {due}.',
    },
  },
  {
    names: {
      ar: 'سؤال: رابط الصفحة في موقعنا',
      he: 'שאלה: קישור לעמוד באתר שלנו',
      en: 'Question: the page on our site',
    },
    texts: {
      ar: 'لم نتمكن من التعرّف إلى الصفحة المقصودة في موقعنا بحسب الرابط الذي وصلنا:\n{page}\n\nيُرجى إرسال رابط الصفحة كما يظهر في المتصفّح عند فتحها.',
      he: 'לפי הקישור שקיבלנו לא הצלחנו לזהות את העמוד באתר שלנו:\n{page}\n\nנא לשלוח את כתובת העמוד כפי שהיא מופיעה בדפדפן כשהעמוד פתוח.',
      en: 'We could not tell from the address that reached us which page of our site is meant:\n{page}\n\nPlease send the address of the page as your browser shows it when the page is open.',
    },
  },
]
