import { pipeline } from 'node:stream/promises'
import type { RequestHandler, Response } from 'express'
import { safeCopyHeaders } from '../../evidence/serve.ts'
import type { VerifiedFile } from '../../evidence/store.ts'
import type { Locale } from '../../i18n/locales.ts'
import { notFound } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { type Screenshot, screenshotsOf } from '../../takedowns/store.ts'
import { openByCookie } from '../claimant-session.ts'
import { miss } from './show-status.tsx'

/** GET .../files/{id}: the claimant sees the safe copy of what they sent. */
export const showFile =
  (services: Services, locale: Locale): RequestHandler =>
  async (req, res) => {
    const open = openByCookie(services, req)
    if (!open) return miss(req, res, services, locale, String(req.params.reference ?? ''))
    const shots = screenshotsOf(services.db, open.takedown.id)
    const shot = shots.find((candidate) => String(candidate.id) === req.params.file)
    if (!shot) throw notFound()
    await sendSafeCopy(res, services, shot)
  }

/** Its hash is checked first; a copy that is not ready, or not whole, is not there. */
export async function sendSafeCopy(res: Response, { evidence }: Services, shot: Screenshot): Promise<void> {
  if (shot.copySha256 === null || shot.copyMediaType === null) throw notFound()
  const opened = await evidence.openVerified(shot.copySha256, 'copies')
  if (!opened.ok) throw notFound()
  await sendVerified(res, opened, safeCopyHeaders(shot.copyMediaType))
}

/** A reader who leaves in the middle is no defect. */
export async function sendVerified(
  res: Response,
  file: VerifiedFile,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  res.set({ ...headers, 'Content-Length': String(file.bytes) })
  await pipeline(file.stream(), res).catch((error: unknown) => {
    if (!res.destroyed) throw error
  })
}
