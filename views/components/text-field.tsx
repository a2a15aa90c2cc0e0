import type { InputHTMLAttributes } from 'preact'
import { Field, type FieldProps } from './field.tsx'

/** Numbers, addresses and keys are typed left to right, other texts by their own direction (RTL.md, rule 3). */
const kinds = {
  text: { type: 'text', dir: 'auto' },
  search: { type: 'search', dir: 'auto' },
  tel: { type: 'tel', inputmode: 'tel', dir: 'ltr' },
  email: { type: 'email', inputmode: 'email', dir: 'ltr' },
  url: { type: 'url', inputmode: 'url', dir: 'ltr' },
  /** Of mail or of a page, where the browser shall not judge it. */
  address: { type: 'text', inputmode: 'url', dir: 'ltr', spellcheck: false, autocapitalize: 'none' },
  password: { type: 'password', dir: 'ltr' },
  /** The six digits of an authenticator app. */
  code: { type: 'text', inputmode: 'numeric', dir: 'ltr', spellcheck: false },
  key: { type: 'text', dir: 'ltr', spellcheck: false, autocapitalize: 'characters' },
} satisfies Record<string, InputHTMLAttributes>

export type TextFieldProps = Omit<FieldProps, 'children'> & {
  name: string
  value?: string
  /** `key`: a reference, an access key or a recovery code. */
  type?: keyof typeof kinds
  autocomplete?: string
  required?: boolean
  maxlength?: number
}

/** A labelled one-line input. */
export function TextField(props: TextFieldProps) {
  const { name, value, type = 'text', required, autocomplete, maxlength, ...field } = props
  const kind: InputHTMLAttributes = kinds[type]
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...kind}
          {...control}
          class="input"
          name={name}
          value={value ?? ''}
          {...(required && { 'aria-required': 'true' as const })}
          {...(autocomplete && { autocomplete })}
          {...(maxlength && { maxlength })}
        />
      )}
    </Field>
  )
}
