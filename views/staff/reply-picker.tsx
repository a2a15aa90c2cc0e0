import type { Locale } from '../../src/i18n/locales.ts'
import { Button } from '../components/button.tsx'
import { useWords, Words } from '../words.tsx'

export interface PickedReply {
  readonly id: number
  readonly name: string
  /** Written in the claimant's language. */
  readonly isThere: boolean
}

interface ReplyPickerProps {
  replies: readonly PickedReply[]
  reference: string
  locale: Locale
}

/** Chooses a reply for the letter; what is typed already stays in front of it. */
export function ReplyPicker({ replies, reference, locale }: ReplyPickerProps) {
  const { t } = useWords()
  const language = t(`common.language.${locale}`)
  return (
    <div class="field reply-picker">
      <label class="label" for="reply">
        <Words k="replies.pick" />
      </label>
      <div class="button-row">
        <select class="input" id="reply" name="reply">
          <option value="">{t('replies.pick.choose')}</option>
          {replies.map(({ id, name, isThere }) => (
            <option key={id} value={id} disabled={!isThere}>
              {isThere ? name : t('replies.pick.missing', { name, language })}
            </option>
          ))}
        </select>
        <Button
          kind="secondary"
          formaction={`/staff/takedowns/${reference}/drafts`}
          name="intent"
          value="insert"
        >
          <Words k="replies.insert" />
        </Button>
        <a href={`/staff/replies?for=${reference}`}>
          <Words k="replies.find" />
        </a>
      </div>
    </div>
  )
}
