import { askable, readAsked } from '../../src/takedowns/asked-fields.ts'
import { Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

/** What of the form is asked for once more; each ticked field opens just that on the status page. */
export function AskChoices({ file, drafts }: TakedownPageProps) {
  const ticked: readonly string[] = drafts.letter?.fields.ask ?? []
  const open = readAsked(file.takedown.askedFields)
  return (
    <fieldset class="field ask-choices">
      <legend class="label">
        <Words k="case.ask.title" />
      </legend>
      <div class="hint">
        <Words k="case.ask.hint" />
      </div>
      {askable.map((field) => (
        <label class="choice" key={field}>
          <input type="checkbox" name="ask" value={field} checked={ticked.includes(field)} />
          <span>
            <Words k={`asked.${field}`} />{' '}
            {open.includes(field) && (
              <span class="hint">
                <Words k="case.ask.open" />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
