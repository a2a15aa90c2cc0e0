import { unavailable } from '../lib/failures.ts'
import type { ImageFault, ImageProcess } from './image-process.ts'
import { isDecoded, type MediaType, mediaTypeOf } from './media-type.ts'
import type { EvidenceStore } from './store.ts'

/** A file of a form, written to disk and hashed but not yet looked at. */
export interface IncomingFile {
  readonly fileName: string
  readonly path: string
  /** Hex. */
  readonly sha256: string
  readonly bytes: number
  /** Its first bytes. */
  readonly head: Uint8Array
  /** `notStored`: the disk took none of it, and `synced` says why. */
  readonly fault: 'tooLarge' | 'tooMany' | 'empty' | 'notStored' | null
  /** Its content is on disk. */
  readonly synced: Promise<void>
  /** Called when the file was moved away from `path`. */
  onMoved(): void
}

/** A file that is on disk under its hash. Sizes in pixels, null where the type is not decoded. */
export interface AcceptedFile {
  readonly sha256: string
  readonly fileName: string
  readonly mediaType: MediaType
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly copyState: 'pending' | 'kept'
}

export type FileFault = 'notAnImage' | 'tooLarge' | 'tooMany' | 'empty' | ImageFault

export type Acceptance = { ok: true; file: AcceptedFile } | { ok: false; fault: FileFault }

export interface AcceptDeps {
  readonly images: Pick<ImageProcess, 'check'>
  readonly evidence: Pick<EvidenceStore, 'keepSynced'>
}

/** Type by content, every pixel decoded, then on disk under its hash. Throws only a Failure or what the disk throws. */
export async function acceptUpload(
  incoming: IncomingFile,
  { images, evidence }: AcceptDeps,
): Promise<Acceptance> {
  const { fileName, path, sha256, bytes, head, fault } = incoming
  if (fault === 'notStored') throw unavailable(await incoming.synced.catch((error: unknown) => error))
  if (fault) return { ok: false, fault }
  const mediaType = mediaTypeOf(head)
  if (!mediaType) return { ok: false, fault: 'notAnImage' }
  const file = { sha256, fileName, mediaType, bytes }
  const keep = async () => {
    await incoming.synced
    await evidence.keepSynced(path, sha256)
    incoming.onMoved()
  }
  if (!isDecoded(mediaType)) {
    await keep()
    return { ok: true, file: { ...file, width: null, height: null, copyState: 'kept' } }
  }
  const checked = await images.check(path, mediaType)
  if (!checked.ok) return checked
  await keep()
  return { ok: true, file: { ...file, width: checked.width, height: checked.height, copyState: 'pending' } }
}
