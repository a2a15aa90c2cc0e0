import { Button } from '../components/button.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'
import { DraftButtons, DraftNote } from './draft-bar.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** Joins it to another request; open where something was typed in it. */
export function DuplicateForm({ file, allowed, drafts, desk, errors = [] }: TakedownPageProps) {
  const { reference } = file.takedown
  if (!allowed.has('mark_duplicate')) return null
  const error = errors.find(({ fieldId }) => fieldId === 'of')?.sentence
  return (
    <details class="card no-print" open={drafts.duplicate !== undefined || error !== undefined}>
      <summary>
        <Words k="case.duplicate.title" />
      </summary>
      <form id="form-duplicate" data-draft method="post" action={`/staff/takedowns/${reference}/duplicate`}>
        <Version file={file} />
        <DraftNote draft={drafts.duplicate} timeZone={desk.timeZone} />
        <p>
          <Words k="case.duplicate.words" />
        </p>
        <TextField
          id="of"
          name="of"
          type="key"
          label={<Words k="case.duplicate.of" />}
          value={drafts.duplicate?.fields.of?.[0] ?? ''}
          error={error}
        />
        <div class="button-row">
          <Button kind="secondary">
            <Words k="outgoing.see" />
          </Button>
          <DraftButtons form="duplicate" reference={reference} draft={drafts.duplicate} />
        </div>
      </form>
    </details>
  )
}
