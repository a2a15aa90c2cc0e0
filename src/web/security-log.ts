import type { Logger } from '../lib/logger.ts'
import type { StaffEventType } from '../staff/staff-events.ts'

/** What the log says of security: the name stands in a line's `security`. deploy/README.md lists them with their meaning. */
const lines = {
  signed_in: { level: 'info', words: 'signed in' },
  signed_out: { level: 'info', words: 'signed out' },
  sign_in_failed: { level: 'warn', words: 'a sign-in failed' },
  code_failed: { level: 'warn', words: 'a sign-in failed at its code' },
  sign_ins_held_up: { level: 'warn', words: 'sign-ins to an account are held up' },
  proof_failed: { level: 'warn', words: 'a password or code asked for at the desk was wrong' },
  account_changed: { level: 'info', words: 'an account was changed' },
  role_refused: { level: 'warn', words: 'an act was refused to a role' },
  origin_refused: { level: 'warn', words: 'a form of another site was refused' },
  key_refused: { level: 'warn', words: 'a reference or key opened nothing' },
  limit_reached: { level: 'warn', words: 'a client was told to come back later' },
} as const

export type SecurityEvent = keyof typeof lines
export const securityEvents: readonly string[] = Object.keys(lines)

/** Numbers of accounts and constant words alone. */
interface SecurityDetails {
  /** Whose account it is about; where `by` is missing, theirs who did it. */
  readonly staff?: number | undefined
  readonly by?: number
  readonly change?: StaffEventType
  /** Outside the request's own work, where the logger does not add it. */
  readonly requestId?: string
}

export function logSecurity(logger: Logger, event: SecurityEvent, details: SecurityDetails = {}): void {
  const { level, words } = lines[event]
  logger[level]({ security: event, ...details }, words)
}

/** What the event of the same name in the database says (staff/staff-events.ts), once it is committed. */
export const logAccountChange = (logger: Logger, change: StaffEventType, staff: number, by: number): void =>
  logSecurity(logger, 'account_changed', { change, staff, by })
