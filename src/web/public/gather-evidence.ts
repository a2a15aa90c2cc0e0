import { keepUploads, keptUploadsOf } from '../../actions/keep-uploads.ts'
import type { EvidenceFile } from '../../actions/submit-takedown.ts'
import { isNotUsableNow, readIfPossible, whenNotBusy } from '../../db/busy.ts'
import { acceptUpload } from '../../evidence/accept-file.ts'
import { isDecoded, isMediaType } from '../../evidence/media-type.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import type { UploadedFile } from '../middleware/upload.ts'

/** Why a file of a form was not accepted, as a sentence at its field. */
export interface ScreenshotError {
  readonly field: 'screenshot'
  readonly key: `form.error.screenshot.${FileFault}`
  readonly params: Record<string, string | number>
}
type FileFault = Extract<Awaited<ReturnType<typeof acceptUpload>>, { ok: false }>['fault']

export interface Gathered {
  /** At most as many as the limit; each content once. */
  readonly files: readonly EvidenceFile[]
  readonly errors: readonly ScreenshotError[]
}

/**
 * The files kept from earlier tries of the form with `formKey` and those of this one, accepted or told to the claimant.
 * Rejects with a Failure, or with what the disk throws, where they cannot be stored.
 */
export async function gatherEvidence(
  services: Services,
  formKey: string,
  kept: readonly string[],
  uploads: readonly UploadedFile[],
): Promise<Gathered> {
  const { limits } = services.config
  const shots = uploads.filter((file) => file.fieldName === 'screenshot')
  const accepted = await Promise.all(shots.map((shot) => acceptUpload(shot, services)))
  const errors = accepted.flatMap((result, index): ScreenshotError[] =>
    result.ok ? [] : [fileError(result.fault, shots[index]?.fileName ?? '', limits)],
  )
  const files = new Map<string, EvidenceFile>()
  const earlier = await whenNotBusy(() => keptBefore(services, formKey, kept))
  for (const file of earlier) files.set(file.sha256, file)
  for (const result of accepted) if (result.ok) files.set(result.file.sha256, result.file)
  const most = limits.maxFiles
  if (files.size > most) errors.push(fileError('tooMany', '', limits))
  return { files: [...files.values()].slice(0, most), errors }
}

const copyStateOf = (mediaType: string) =>
  isMediaType(mediaType) && isDecoded(mediaType) ? 'pending' : 'kept'

function fileError(fault: FileFault, file: string, limits: Services['config']['limits']): ScreenshotError {
  const key = `form.error.screenshot.${fault}` as const
  if (fault === 'tooMany') return { field: 'screenshot', key, params: { max: limits.maxFiles } }
  const max = `${limits.maxUploadBytes / 1024 / 1024} MB`
  return { field: 'screenshot', key, params: { file, max } }
}

/**
 * Answers which of the files the next try will find. Where the disk is full these may be fewer: the answer still
 * goes out, and says so.
 */
export function keepForNextTry(
  services: Services,
  formKey: string,
  files: readonly EvidenceFile[],
): readonly EvidenceFile[] {
  const { db, clock, logger } = services
  try {
    keepUploads(db, formKey, files, clock.now())
    return files
  } catch (error) {
    if (!isNotUsableNow(error)) throw error
    logger.warn({ err: error }, 'uploads could not be kept with a form')
    return keptIfReadable(
      services,
      formKey,
      files.map((file) => file.sha256),
    )
  }
}

/** The files that an earlier try of the form with `formKey` has left, whose boxes are still ticked. */
const keptBefore = ({ db }: Services, formKey: string, hashes: readonly string[]): readonly EvidenceFile[] =>
  keptUploadsOf(db, formKey, hashes).map((file) => ({ ...file, copyState: copyStateOf(file.mediaType) }))

/** The same for an answer that goes out even while the database cannot be read. */
export const keptIfReadable: typeof keptBefore = (services, formKey, hashes) =>
  readIfPossible(() => keptBefore(services, formKey, hashes)) ?? []

/** Why a form is held back, which also says so when files that came with it must be chosen again. */
export const heldBecause = (failure: Failure, given: number, kept: readonly unknown[]): PlainKey =>
  kept.length < given ? 'error.filesNotKept' : failure.key

/** What a form shows of a file that stays with it. */
export const keptFile = ({ sha256, fileName, mediaType, bytes }: EvidenceFile) => ({
  sha256,
  fileName,
  mediaType,
  bytes,
})
