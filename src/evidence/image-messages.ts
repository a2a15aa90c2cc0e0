/** What goes between the server and its image process: paths in, small facts out, as JSON. */

export type ImageFault = 'damaged' | 'tooManyPixels' | 'tooSlow'

export type ImageTask =
  | { readonly id: number; readonly act: 'check'; readonly path: string; readonly mediaType: string }
  | { readonly id: number; readonly act: 'copy'; readonly path: string; readonly target: string }

export interface Checked {
  readonly ok: true
  /** In pixels, as seen (after the orientation mark is applied). */
  readonly width: number
  readonly height: number
}

export interface Copied {
  readonly ok: true
  readonly mediaType: 'image/png' | 'image/jpeg'
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** See lib/likeness.ts. */
  readonly likeness: string | null
}

export interface Refused {
  readonly ok: false
  readonly fault: ImageFault
}

/** `unable`: nothing was learned about the image, because a file could not be read or written; an errno code. */
export type ImageReply = { readonly id: number } & (
  | { readonly kind: 'checked'; readonly answer: Checked | Refused }
  | { readonly kind: 'copied'; readonly answer: Copied | Refused }
  | { readonly kind: 'unable'; readonly code: string }
)

export const readyMessage = 'ready'

const hasFields = (value: unknown, ...names: string[]): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && names.every((name) => name in value)

/** Both ends are ours and of one version: this tells messages apart, it does not guard against an enemy. */
export const isImageTask = (value: unknown): value is ImageTask =>
  hasFields(value, 'id', 'act', 'path') && (value.act === 'check' || value.act === 'copy')

export const isImageReply = (value: unknown): value is ImageReply =>
  hasFields(value, 'id', 'kind') &&
  (value.kind === 'unable' ||
    ((value.kind === 'checked' || value.kind === 'copied') && hasFields(value.answer, 'ok')))
