import { backupCommand } from './backup.ts'
import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { fileMailCommand, importMailCommand } from './inbox.ts'
import { restoreCommand } from './restore.ts'
import {
  addStaffCommand,
  disableStaffCommand,
  listStaffCommand,
  resetSecondFactorCommand,
  setPasswordCommand,
} from './staff.ts'
import { verifyBackupCommand } from './verify-backup.ts'

export const commands: readonly Command[] = [
  addStaffCommand,
  listStaffCommand,
  setPasswordCommand,
  disableStaffCommand,
  resetSecondFactorCommand,
  fileMailCommand,
  importMailCommand,
  // Before the command whose first word it shares.
  verifyBackupCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
]
