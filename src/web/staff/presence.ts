import type { Request, RequestHandler, Response } from 'express'
import { presenceWords } from '../../../views/staff/presence.tsx'
import { recordLook } from '../../actions/record-look.ts'
import type { Services } from '../../services.ts'
import { type Look, lookEveryMs, looksOf, presentAmong } from '../../takedowns/looks.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { takedownOf } from './show-takedown.tsx'

/** GET .../presence: who else has it open now, in the reader's words, and the version it has now. */
export const showPresence =
  (services: Services): RequestHandler =>
  (req, res) => {
    const { id: staffId, locale } = accountOf(req)
    const { id, version } = takedownOf(req, services)
    const now = services.clock.now()
    const seen = looksOf(services.db, id)
    noteLook(req, res, services, id, seen)
    res.json({ version, words: presenceWords(locale, presentAmong(seen, staffId, now)) })
  }

/** Written after the answer, and not more often than anybody needs to know. */
export function noteLook(
  req: Request,
  res: Response,
  { db, commit, clock, logger }: Services,
  takedownId: number,
  seen: readonly Look[],
): void {
  const { id: staffId } = accountOf(req)
  const now = clock.now()
  const last = seen.find((look) => look.staffId === staffId)?.lastAt
  if (last !== undefined && Math.abs(now - last) < lookEveryMs) return
  res.once('finish', () => {
    commit(() => recordLook(db, takedownId, staffId, now)).catch((error: unknown) =>
      logger.warn({ err: error }, 'a look was not written down'),
    )
  })
}
