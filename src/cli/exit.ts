/** Ends a command with a code of sysexits.h that the caller, a mail server say, understands. */
export class Exit extends Error {
  readonly code: number

  constructor(code: number, words: string) {
    super(words)
    this.code = code
  }
}
