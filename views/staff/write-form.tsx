import { Button } from '../components/button.tsx'
import { Words } from '../words.tsx'
import { AskChoices } from './ask-choices.tsx'
import { DraftButtons, DraftNote } from './draft-bar.tsx'
import { ReplyPicker } from './reply-picker.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** A message or a question to the claimant. */
export const WriteForm = (props: TakedownPageProps) => {
  const { file, allowed, typed, drafts, desk, replies } = props
  return (
    <form
      id="form-letter"
      class="card"
      data-draft
      method="post"
      action={`/staff/takedowns/${file.takedown.reference}/messages`}
    >
      <h2>
        <Words k="staff.write.title" />
      </h2>
      <Version file={file} />
      <DraftNote draft={drafts.letter} timeZone={desk.timeZone} />
      <ReplyPicker replies={replies} reference={file.takedown.reference} locale={file.takedown.locale} />
      <div class="field">
        <label class="label" for="body">
          <Words k="staff.write.body" language={<Words k={`common.language.${file.takedown.locale}`} />} />
        </label>
        <textarea data-key="r" class="input" id="body" name="body" rows={7} dir="auto">
          {typed?.body ?? ''}
        </textarea>
      </div>
      {allowed.has('ask_claimant') && (
        <label class="choice">
          <input type="checkbox" name="question" value="yes" checked={typed?.isQuestion ?? false} />
          <span>
            <Words k="staff.write.question" />
          </span>
        </label>
      )}
      {allowed.has('ask_claimant') && <AskChoices {...props} />}
      <div class="button-row">
        <Button kind="secondary">
          <Words k="outgoing.see" />
        </Button>
        <DraftButtons form="letter" reference={file.takedown.reference} draft={drafts.letter} />
      </div>
    </form>
  )
}
