import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Tag } from '../components/tag.tsx'
import { Words } from '../words.tsx'
import { DraftButtons, DraftNote } from './draft-bar.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

/** Words for colleagues; it looks so, that nobody mistakes it for the letter beside it. */
export function NoteForm({ file, casework, typed, drafts, desk, errors = [] }: TakedownPageProps) {
  const { reference } = file.takedown
  const error = errors.find(({ fieldId }) => fieldId === 'note')?.sentence
  return (
    <form
      id="form-note"
      class="card note-card no-print"
      data-draft
      method="post"
      action={`/staff/takedowns/${reference}/notes`}
    >
      <h2>
        <Words k="case.note.title" />{' '}
        <Tag tone="warn">
          <Words k="case.note.inside" />
        </Tag>
      </h2>
      <input type="hidden" name="submission" value={casework.noteKey} />
      <DraftNote draft={drafts.note} timeZone={desk.timeZone} />
      <Field id="note" label={<Words k="case.note.body" />} hint={<Words k="case.note.hint" />} error={error}>
        {(control) => (
          <textarea {...control} class="input" name="note" rows={3} dir="auto" data-key="n">
            {typed?.note ?? drafts.note?.fields.note?.[0] ?? ''}
          </textarea>
        )}
      </Field>
      <div class="button-row">
        <Button kind="secondary">
          <Words k="case.note.button" />
        </Button>
        <DraftButtons form="note" reference={reference} draft={drafts.note} />
      </div>
    </form>
  )
}
