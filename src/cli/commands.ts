import { addStaffCommand, listStaffCommand } from './staff.ts'

export interface Command {
  /** One or two words. */
  readonly name: string
  readonly usage: string
  readonly does: string
  run(words: readonly string[]): Promise<void>
}

export const commands: readonly Command[] = [addStaffCommand, listStaffCommand]
