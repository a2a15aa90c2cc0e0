/** One command of `npm run cli`. */
export interface Command {
  /** One or two words. */
  readonly name: string
  readonly usage: string
  readonly does: string
  run(words: readonly string[]): Promise<void>
}
