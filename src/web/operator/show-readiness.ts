import type { RequestHandler } from 'express'
import type { Services } from '../../services.ts'
import { readReadiness } from './readiness.ts'

/**
 * 200 or 503 with the reasons: `{ ready, checks: { name: { ok, why } }, database, disk, inbox, doors, mail }`.
 * `doors` says when a canary last went in and came out at each way in, in milliseconds since the epoch.
 */
export const showReadiness =
  (services: Services): RequestHandler =>
  async (_req, res) => {
    const { ready, checks, told } = await readReadiness(services)
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        ready,
        checks,
        database: checks.database.why ?? 'ok',
        disk: checks.disk.why ?? 'ok',
        inbox: told?.mailbox ?? null,
        doors: told?.doors ?? null,
        mail: told && {
          oldestDueSeconds: told.mail.oldestDueSeconds,
          failed: told.mail.failed,
          held: told.mail.held,
          paused: told.mail.paused !== null,
        },
      })
  }
