import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { ReplyWords } from '../../actions/save-reply.ts'
import { locales } from '../../i18n/locales.ts'
import { unknownVariables } from '../../staff/reply-variables.ts'
import type { Fields } from './takedown-form.ts'
import { isBlank, longestText, typedText, withoutControls } from './typed-text.ts'

const longestName = 100

export const readReply = (fields: Fields): ReplyWords => ({
  name: withoutControls(fields.name?.[0] ?? '')
    .replace(/\s+/g, ' ')
    .trim(),
  texts: {
    ar: typedText(fields.ar?.[0]),
    he: typedText(fields.he?.[0]),
    en: typedText(fields.en?.[0]),
  },
})

/** What is wrong with it, in the order of the form. */
export function replyErrors({ name, texts }: ReplyWords): SummaryError[] {
  const errors: SummaryError[] = []
  const fail = (fieldId: string, sentence: SummaryError['sentence']) => errors.push({ fieldId, sentence })
  if (isBlank(name)) fail('name', { key: 'replies.error.name' })
  else if (name.length > longestName) fail('name', { key: 'replies.error.nameTooLong' })
  if (locales.every((locale) => texts[locale] === '')) fail('text-ar', { key: 'replies.error.text' })
  for (const locale of locales) {
    const [unknown] = unknownVariables(texts[locale])
    const fieldId = `text-${locale}`
    if (texts[locale].length > longestText) fail(fieldId, { key: 'staff.error.tooLong' })
    else if (unknown !== undefined) {
      fail(fieldId, { key: 'replies.error.variable', params: { variable: unknown.slice(0, 60) } })
    }
  }
  return errors
}
