import type { errors as source } from '../en/errors.ts'
import type { HebrewPlural, Translation } from '../messages.ts'

export const errors = {
  'error.notFound': 'לא מצאנו את העמוד',
  'error.unavailable': 'מצטערים, אי אפשר לקבל את זה כרגע',
} satisfies Translation<typeof source, HebrewPlural>
