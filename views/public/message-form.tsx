import { Button } from '../components/button.tsx'
import { Field, FieldError } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import { useWords, Words } from '../words.tsx'
import { AskedFields } from './asked-fields.tsx'
import { KeptFiles } from './kept-files.tsx'
import type { StatusPageProps } from './status-page.tsx'

/** Words, files or both; open whatever the status. */
export function MessageForm(props: StatusPageProps) {
  const { file, errors, body, messageKey, kept, limits } = props
  const { locale } = useWords()
  const errorOf = (field: 'body' | 'screenshot') => errors.find((error) => error.field === field)
  return (
    <section class="card no-print" aria-labelledby="write">
      <h2 id="write">
        <Words k="status.message.title" />
      </h2>
      <form
        method="post"
        action={`/${locale}/takedowns/${file.takedown.reference}/messages`}
        enctype="multipart/form-data"
        novalidate
      >
        <input type="hidden" name="submission" value={messageKey} />
        <AskedFields {...props} />
        <Field id="body" label={<Words k="status.message.body" />} error={errorOf('body')}>
          {(control) => (
            <textarea {...control} class="input" name="body" rows={5} dir="auto">
              {body}
            </textarea>
          )}
        </Field>
        <div class="field">
          <label class="label" for="screenshot">
            <Words k="status.message.files" />
          </label>
          <div class="hint" id="screenshot-hint">
            <Words
              k="status.message.filesHint"
              count={limits.maxFiles}
              max={<Ltr>{`${limits.maxUploadMb} MB`}</Ltr>}
            />
          </div>
          <FieldError id="screenshot" error={errorOf('screenshot')} />
          <KeptFiles kept={kept} />
          <div class="dropzone">
            <label class="button button-secondary" for="screenshot">
              <Icon name="image" />
              <Words k="form.screenshot.choose" />
            </label>
            <input
              id="screenshot"
              class="file-input"
              type="file"
              name="screenshot"
              multiple
              accept="image/*,application/pdf"
              aria-describedby="screenshot-hint"
            />
          </div>
        </div>
        <Button>
          <Words k="status.message.send" />
        </Button>
      </form>
    </section>
  )
}
