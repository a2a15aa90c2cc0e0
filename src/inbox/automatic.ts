import type { FoundMail } from './found.ts'
import type { MailHeaders } from './mail-headers.ts'

const machines =
  /^(?:mailer-daemon|postmaster|(?:do[-_.]?not|no|not)[-_.]?reply|bounces?|auto[-_.]?(?:reply|responder|confirm)|majordomo|listserv)(?:[+@._-]|$)/i

/** Subjects that programs write for people who are away, for those programs that set no header. */
const awaySubjects =
  /^(?:\s|re:|aw:)*(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|vacation(?: reply| notice)?|away from (?:the )?office|מענה אוטומטי|תשובה אוטומטית|הודעה אוטומטית|מחוץ למשרד|لا أتواجد|رد تلقائي|الرد التلقائي|رد آلي|خارج المكتب)(?:\s*[:\-–!.]|\s+|$)/iu

/** Why a mail is taken for automatic; null for mail that a person wrote. */
export function whyAutomatic(
  headers: MailHeaders,
  sender: string | null,
  isReport: boolean,
): FoundMail['automatic'] {
  if (isReport) return 'report'
  const submitted = headers.first('auto-submitted')
  if (submitted && !/^\s*no\b/i.test(submitted)) return 'auto_submitted'
  if (headers.has('x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponder')) return 'auto_submitted'
  if (headers.first('return-path')?.trim() === '<>') return 'empty_return_path'
  if (headers.has('list-id', 'list-unsubscribe', 'list-post', 'mailing-list', 'feedback-id')) return 'list'
  if (/\b(?:bulk|junk|list|auto_reply)\b/i.test(headers.first('precedence') ?? '')) return 'precedence'
  if (sender && machines.test(sender)) return 'auto_submitted'
  return awaySubjects.test(headers.subject) ? 'auto_submitted' : null
}

/** What the filter of the mail host says. Whoever sets it themselves is taken at their word. */
export const isMarkedSpam = (headers: MailHeaders): boolean =>
  /^\s*(?:yes|true)\b/i.test(headers.first('x-spam-flag') ?? headers.first('x-spam-status') ?? '') ||
  /\bSFV:SPM\b/.test(headers.first('x-forefront-antispam-report') ?? '')
