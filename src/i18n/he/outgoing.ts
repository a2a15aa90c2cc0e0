import type { outgoing as source } from '../en/outgoing.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const outgoing = {
  'outgoing.preview.title': 'לפני השליחה',
  'outgoing.preview.words': 'עוד לא נשלח דבר ולא השתנה דבר. מה שמופיע כאן הוא בדיוק מה שייצא.',
  'outgoing.preview.to': 'אל',
  'outgoing.preview.subject': 'נושא',
  'outgoing.preview.language': 'שפה',
  'outgoing.preview.frame': 'המכתב כפי שיופיע אצל הפונה',
  'outgoing.preview.key':
    'במקום {dots} המכתב נושא את מפתח המעקב האישי של הפונה. המפתח מתווסף ברגע היציאה, ואיש בדסק אינו רואה אותו.',
  'outgoing.preview.text': 'אותו מכתב כטקסט פשוט',
  'outgoing.preview.noEmail':
    'לא נמסרה כתובת דואר אלקטרוני, ולכן לא ייצא מכתב. הדברים יופיעו בעמוד המעקב, ואפשר גם להתקשר: {phone}',
  'outgoing.preview.noLetter':
    'עדיין לא יוצא מכתב. מכתב ההחלטה יישלח כשהכול יבוצע; עד אז עמוד המעקב יאמר כך:',
  'outgoing.preview.status': 'מה יופיע בעמוד המעקב',
  'outgoing.preview.send': 'שליחה',
  'outgoing.preview.record': 'אישור',
  'outgoing.preview.undoable': 'לאחר מכן יהיו {seconds} שניות לבטל.',
  'outgoing.preview.change': 'חזרה לעריכה',
  'outgoing.preview.changed': 'הבקשה או המכתב השתנו מאז שהסתכלתם. לא נשלח דבר; כך זה נראה עכשיו.',
  'outgoing.pending.letter': 'הודעה לפונה עומדת לצאת',
  'outgoing.pending.question': 'שאלה לפונה עומדת לצאת',
  'outgoing.pending.decision': 'החלטה עומדת לצאת',
  'outgoing.pending.reopening': 'הבקשה עומדת להיפתח מחדש',
  'outgoing.pending.duplicate': 'הבקשה עומדת להצטרף לבקשה אחרת',
  'outgoing.pending.by': 'השולח: {name}. עד היציאה לא משתנה דבר, והפונה אינו רואה דבר.',
  'outgoing.pending.seconds': 'שניות שנותרו: {seconds}',
  'outgoing.pending.undo': 'ביטול השליחה',
  'outgoing.pending.now': 'זה יוצא עכשיו.',
  'outgoing.pending.look': 'לצפייה בבקשה כפי שהיא עכשיו',
  'outgoing.pending.refused':
    'משהו עומד לצאת בבקשה הזאת. אפשר להמתין עד שייצא, או לבטל. מה ששלחתם עכשיו לא בוצע.',
  'outgoing.pending.gone': 'אין מה לבטל: זה כבר יצא, או שמישהו אחר ביטל.',
  'outgoing.draft.undone': 'השליחה בוטלה. דבר לא יצא, והדברים שכתבתם נמצאים כאן.',
  'outgoing.draft.restored': 'זה שוחזר מגיבוי. ייתכן שכבר יצא: בדקו את המכתבים לפני שתשלחו שוב.',
  'outgoing.draft.stale': 'זה לא יצא: הבקשה השתנתה קודם לכן. קראו מה חדש, ושלחו שוב אם זה עדיין מתאים.',
  'outgoing.draft.at': 'הטיוטה שלכם, נשמרה {moment}. רק אתם רואים אותה.',
  'outgoing.draft.keep': 'שמירה כטיוטה',
  'outgoing.draft.discard': 'מחיקת הטיוטה',
  'outgoing.draft.kept': 'הטיוטה נשמרה',
  'outgoing.draft.notKept': 'לא ניתן היה לשמור את הטיוטה. העתיקו את הטקסט לפני שתעזבו את העמוד.',
  'outgoing.see': 'צפייה לפני השליחה',
} satisfies Translation<typeof source, HebrewPlural>
