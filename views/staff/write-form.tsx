import { Button } from '../components/button.tsx'
import { Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** A message or a question to the claimant. */
export const WriteForm = ({ file, allowed, typed }: TakedownPageProps) => (
  <form class="card" method="post" action={`/staff/takedowns/${file.takedown.reference}/messages`}>
    <h2>
      <Words k="staff.write.title" />
    </h2>
    <Version file={file} />
    <div class="field">
      <label class="label" for="body">
        <Words k="staff.write.body" language={<Words k={`common.language.${file.takedown.locale}`} />} />
      </label>
      <textarea class="input" id="body" name="body" rows={5} dir="auto">
        {typed?.body ?? ''}
      </textarea>
    </div>
    {allowed.has('ask_claimant') && (
      <label class="choice">
        <input type="checkbox" name="question" value="yes" />
        <span>
          <Words k="staff.write.question" />
        </span>
      </label>
    )}
    <Button kind="secondary">
      <Words k="staff.write.button" />
    </Button>
  </form>
)
