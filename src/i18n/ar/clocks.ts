import type { clocks as source } from '../en/clocks.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const clocks = {
  'clock.first_look': 'الاطلاع الأول',
  'clock.decision': 'القرار',
  'clock.carry_out': 'التنفيذ',
  'clock.due': 'الموعد: {when}',
  'clock.overdueSince': 'متأخر منذ {when}',
  'clock.overdue': {
    zero: 'متأخر',
    one: 'متأخر يوم عمل واحدًا',
    two: 'متأخر يومَي عمل',
    few: 'متأخر {count} أيام عمل',
    many: 'متأخر {count} يوم عمل',
    other: 'متأخر {count} يوم عمل',
  },
  'clock.pausedToday': 'المدة متوقفة منذ اليوم بانتظار ردّ مقدّم الطلب',
  'clock.paused': {
    zero: 'المدة متوقفة بانتظار ردّ مقدّم الطلب',
    one: 'المدة متوقفة منذ يوم واحد بانتظار ردّ مقدّم الطلب',
    two: 'المدة متوقفة منذ يومين بانتظار ردّ مقدّم الطلب',
    few: 'المدة متوقفة منذ {count} أيام بانتظار ردّ مقدّم الطلب',
    many: 'المدة متوقفة منذ {count} يومًا بانتظار ردّ مقدّم الطلب',
    other: 'المدة متوقفة منذ {count} يوم بانتظار ردّ مقدّم الطلب',
  },
  'clock.today': 'اليوم {time}',
  'clock.tomorrow': 'غدًا {time}',
  'clock.yesterday': 'أمس {time}',
  'clock.nothing': 'لا موعد قائمًا',
  'clock.unanswered': 'كتب مقدّم الطلب ولم يُردّ عليه بعد ({when}).',
  'clock.noAnswer': 'لا حاجة إلى ردّ',
  'staff.letter.digest': 'إلى الفريق: موجز الصباح',
  'staff.event.no_answer_needed': 'لا حاجة إلى ردّ',
} satisfies Translation<typeof source, ArabicPlural>
