import { readAsked } from '../../src/takedowns/asked-fields.ts'
import { isEnd } from '../../src/takedowns/statuses.ts'
import { Field } from '../components/field.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'
import type { StatusPageProps } from './status-page.tsx'

const inputs = { name: 'text', phone: 'tel', page: 'url', email: 'email' } as const

/** What the office still asks for; nothing at an end. */
export const openAsked = ({ takedown }: StatusPageProps['file']) =>
  isEnd(takedown.status) ? [] : readAsked(takedown.askedFields)

/** Exactly the fields that the office asked for, in the message form; files have their own place there. */
export function AskedFields({ file, asked, errors }: StatusPageProps) {
  const open = openAsked(file)
  const errorOf = (field: string) => errors.find((error) => error.field === `asked-${field}`)
  if (open.length === 0) return null
  return (
    <fieldset class="field">
      <legend class="label">
        <Words k="status.asked.title" />
      </legend>
      {open.map((field) => {
        const id = `asked-${field}`
        const common = { id, label: <Words k={`asked.${field}`} />, error: errorOf(field) }
        if (field === 'screenshot') {
          return (
            <p key={field}>
              <Words k="status.asked.screenshot" />
            </p>
          )
        }
        if (field === 'statement') {
          return (
            <Field key={field} {...common}>
              {(control) => (
                <textarea {...control} class="input" name={id} rows={4} dir="auto">
                  {asked.statement ?? ''}
                </textarea>
              )}
            </Field>
          )
        }
        return <TextField key={field} {...common} name={id} type={inputs[field]} value={asked[field] ?? ''} />
      })}
    </fieldset>
  )
}
