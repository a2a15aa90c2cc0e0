import type { Command } from './command.ts'
import { addStaffCommand, listStaffCommand } from './staff.ts'

export const commands: readonly Command[] = [addStaffCommand, listStaffCommand]
