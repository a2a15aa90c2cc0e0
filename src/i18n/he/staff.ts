import type { staff as source } from '../en/staff.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const staff = {} satisfies Translation<typeof source, HebrewPlural>
