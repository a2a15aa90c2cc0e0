import type { Command } from './command.ts'
import { fileMailCommand, importMailCommand } from './inbox.ts'
import {
  addStaffCommand,
  disableStaffCommand,
  listStaffCommand,
  resetSecondFactorCommand,
  setPasswordCommand,
} from './staff.ts'

export const commands: readonly Command[] = [
  addStaffCommand,
  listStaffCommand,
  setPasswordCommand,
  disableStaffCommand,
  resetSecondFactorCommand,
  fileMailCommand,
  importMailCommand,
]
