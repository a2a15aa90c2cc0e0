import type { errors as source } from '../en/errors.ts'
import type { ArabicPlural, Translation } from '../messages.ts'

export const errors = {
  'error.notFound': 'لم نجد هذه الصفحة',
  'error.unavailable': 'عذرًا، يتعذّر الاستلام في هذه اللحظة',
} satisfies Translation<typeof source, ArabicPlural>
