import type { Draft, DraftForm } from '../../src/staff/drafts.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/moment.tsx'
import { useWords, Words } from '../words.tsx'

interface DraftNoteProps {
  draft: Draft | undefined
  timeZone: string
}

/** Above a form: that it shows a draft, and why words that were sent are here again. */
export const DraftNote = ({ draft, timeZone }: DraftNoteProps) =>
  draft ? (
    <>
      {draft.returned && (
        <Banner tone="warn" role="status">
          <p>
            <Words k={`outgoing.draft.${draft.returned}`} />
          </p>
        </Banner>
      )}
      <p class="hint">
        <Words k="outgoing.draft.at" moment={<Moment at={draft.at} timeZone={timeZone} />} />
      </p>
    </>
  ) : null

interface DraftButtonsProps {
  form: DraftForm
  reference: string
  draft: Draft | undefined
}

/** Beside the form's own button. With a script the form also keeps itself while somebody types. */
export function DraftButtons({ form, reference, draft }: DraftButtonsProps) {
  const { t } = useWords()
  const address = `/staff/takedowns/${reference}/drafts`
  return (
    <>
      <input type="hidden" name="form" value={form} />
      <Button kind="quiet" formaction={address}>
        <Words k="outgoing.draft.keep" />
      </Button>
      {draft && (
        <Button kind="quiet" formaction={address} name="intent" value="discard">
          <Words k="outgoing.draft.discard" />
        </Button>
      )}
      <span
        class="hint draft-state"
        role="status"
        data-draft-state
        data-words-kept={t('outgoing.draft.kept')}
        data-words-not-kept={t('outgoing.draft.notKept')}
      />
    </>
  )
}
