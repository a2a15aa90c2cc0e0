import type { status as source } from '../en/status.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const status = {} satisfies Translation<typeof source, ArabicPlural>
