import type { status as source } from '../en/status.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const status = {} satisfies Translation<typeof source, HebrewPlural>
