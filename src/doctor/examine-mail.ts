import type { Db } from '../db/open.ts'
import { countFolds, oldestUnreadSeconds } from '../inbox/store.ts'
import { counted } from '../lib/counted.ts'
import { outboxSummary } from '../outbox/store.ts'
import { type Finding, findingsOf } from './finding.ts'

const late = 3600

/** Letters on their way out, by what the database says. */
export function examineOutbox(db: Db, now: number): Finding[] {
  const say = findingsOf('outbox')
  const { counts, oldestDueSeconds, paused } = outboxSummary(db, now)
  const { failed, held } = counts
  const findings: Finding[] = []
  if (paused) {
    findings.push(
      say.fault(
        'paused: the mail server refused the sign-in',
        'mend SMTP_URL, then "Try again now" at /staff/mail',
      ),
    )
  }
  if (held > 0) {
    findings.push(
      say.warning(
        `${counted(held, 'letter is', 'letters are')} held since a restore, and may have gone out before`,
        'decide at /staff/mail, on each or on all of them',
      ),
    )
  }
  if (failed > 0) {
    findings.push(say.warning(`${counted(failed, 'letter')} failed`, 'see the server’s words at /staff/mail'))
  }
  if (counts.uncertain > 0) {
    findings.push(
      say.advice(
        `${counted(counts.uncertain, 'letter')} may have been taken, to be sent again with the same Message-ID`,
        'nothing, unless the number stays',
      ),
    )
  }
  if (oldestDueSeconds > late) {
    const hours = Math.floor(oldestDueSeconds / 3600)
    findings.push(
      say.fault(
        `a letter has been due for ${counted(hours, 'hour')}`,
        'see that the server runs, and the sign-in below',
      ),
    )
  }
  return findings.length > 0
    ? findings
    : [say.ok(`${counted(counts.submitted, 'letter has', 'letters have')} gone, none is stuck`)]
}

/** Mail that is kept, by what the database says. */
export function examineInbox(db: Db, now: number): Finding[] {
  const say = findingsOf('inbox')
  const { waiting, unread } = countFolds(db)
  const unreadSeconds = oldestUnreadSeconds(db, now)
  const findings: Finding[] = []
  if (unreadSeconds > late) {
    const hours = Math.floor(unreadSeconds / 3600)
    findings.push(
      say.fault(
        `${counted(unread, 'mail is', 'mails are')} kept and not read, the oldest since ${counted(hours, 'hour')}`,
        'see that the server runs, and its log for mail_not_filed',
      ),
    )
  }
  if (waiting > 0) {
    findings.push(
      say.advice(
        `${counted(waiting, 'mail waits', 'mails wait')} for staff, unreadable ones among them`,
        'file them at /staff/inbox',
      ),
    )
  }
  return findings.length > 0 ? findings : [say.ok('no mail waits')]
}
