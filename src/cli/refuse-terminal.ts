import { WrongUsage } from './wrong-usage.ts'

/** Throws WrongUsage where a tar would fill somebody's screen. */
export function refuseTerminal(out: { readonly isTTY?: boolean | undefined }): void {
  if (out.isTTY) throw new WrongUsage('a tar is not written to a terminal: lead it into a file or a pipe')
}
