import type { notices as source } from '../en/notices.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const notices = {} satisfies Translation<typeof source, ArabicPlural>
