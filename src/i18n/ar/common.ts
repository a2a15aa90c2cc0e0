import type { common as source } from '../en/common.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const common = {} satisfies Translation<typeof source, ArabicPlural>
