import { Button } from '../components/button.tsx'
import { Words } from '../words.tsx'
import { DraftButtons, DraftNote } from './draft-bar.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** What is at its end is opened again; the reason is for staff, the letter says what happens next. */
export const ReopenForm = ({ file, typed, drafts, desk }: TakedownPageProps) => (
  <form
    id="form-reopening"
    class="card"
    data-draft
    method="post"
    action={`/staff/takedowns/${file.takedown.reference}/reopening`}
  >
    <h2>
      <Words k="staff.reopen.title" />
    </h2>
    <Version file={file} />
    <DraftNote draft={drafts.reopening} timeZone={desk.timeZone} />
    <div class="field">
      <label class="label" for="reason">
        <Words k="staff.reopen.reason" />
      </label>
      <textarea class="input" id="reason" name="reason" rows={3} dir="auto">
        {typed?.reason ?? ''}
      </textarea>
    </div>
    <div class="button-row">
      <Button kind="secondary">
        <Words k="outgoing.see" />
      </Button>
      <DraftButtons form="reopening" reference={file.takedown.reference} draft={drafts.reopening} />
    </div>
  </form>
)
