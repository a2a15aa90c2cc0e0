import type { form as source } from '../en/form.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const form = {} satisfies Translation<typeof source, HebrewPlural>
