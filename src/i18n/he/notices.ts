import type { notices as source } from '../en/notices.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const notices = {
  'notice.privacy.title': 'פרטיות',
  'notice.privacy.who': 'מי שומר את הפרטים שלכם',
  'notice.privacy.who.words':
    '{site} שומר את מה שאתם שולחים דרך השירות הזה, בשרת שלו. בכל עניין בעמוד הזה אפשר לכתוב אל {address}.',
  'notice.privacy.what': 'מה נשמר ולמה',
  'notice.privacy.what.words':
    'השם ומספר הטלפון, קישור העמוד, צילומי המסך וכל דבר אחר שבחרתם למסור: כדי לטפל בבקשה, להשיב לכם, ולהראות בהמשך מה התקבל ומה נעשה.',
  'notice.privacy.must':
    'אין חובה חוקית למסור את הפרטים האלה. בלי שם, טלפון, צילום מסך וקישור לעמוד לא נוכל לטפל בבקשה; כל השאר לבחירתכם.',
  'notice.privacy.share': 'מי רואה את הפרטים',
  'notice.privacy.share.words':
    'הצוות שמטפל בבקשות וכתובת המידע של המפרסם, שאליה נשלח עותק. איש מלבדם, אלא אם החוק מחייב.',
  'notice.privacy.long': 'כמה זמן',
  'notice.privacy.long.words':
    'כל עוד הבקשה יכולה להיות רלוונטית לטענה של אחד הצדדים; לאחר מכן היא נמחקת או הופכת לאנונימית לפי בקשה.',
  'notice.privacy.rights': 'הזכויות שלכם',
  'notice.privacy.rights.words':
    'לפי חוק הגנת הפרטיות אפשר לעיין במה שנשמר עליכם ולבקש תיקון או מחיקה. עמוד המעקב מציג את הכול בכל עת.',
  'notice.privacy.device': 'במכשיר שלכם',
  'notice.privacy.device.words':
    'בזמן מילוי הטופס הדפדפן שומר את הטקסט בלשונית הזאת בלבד ושוכח אותו אחרי השליחה. עוגייה אחת פותחת את הבקשה שלכם ליום. אין מעקב, ודבר אינו נטען ממקום אחר.',
  'notice.privacy.version': 'נוסח מיום {date}',
  'notice.accessibility.title': 'נגישות',
  'notice.accessibility.aim': 'השירות נבנה לפי WCAG 2.2 ברמה AA, הכוללת את דרישות התקן הישראלי 5568.',
  'notice.accessibility.how':
    'אפשר להשתמש בו במקלדת בלבד, עם קורא מסך, בלי JavaScript, בהגדלה עד 400 אחוז, במצב בהיר וכהה, בערבית, בעברית ובאנגלית.',
  'notice.accessibility.checked':
    'כל עמוד נבדק באופן ממוחשב בכל שפה לפני כל גרסה. עדיין לא נערכו בדיקות עם אנשים עם מוגבלות.',
  'notice.accessibility.tell': 'אם משהו מפריע לכם, כתבו אל {address}: נעזור לכם עם הבקשה ונתקן את העמוד.',
} satisfies Translation<typeof source, HebrewPlural>
