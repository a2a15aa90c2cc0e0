import type { staff as source } from '../en/staff.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const staff = {} satisfies Translation<typeof source, ArabicPlural>
