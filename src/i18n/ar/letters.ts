import type { letters as source } from '../en/letters.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const letters = {} satisfies Translation<typeof source, ArabicPlural>
