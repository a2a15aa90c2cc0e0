import type { Settlement } from './classify.ts'
import type { ComposedLetter } from './compose.ts'

/** A way out. `send` never rejects; when `signal` aborts it ends soon, with whatever is known by then. */
export interface Channel {
  /** For the start line: where mail goes, without credentials. */
  readonly description: string
  send(letter: ComposedLetter, signal: AbortSignal): Promise<Settlement>
}
