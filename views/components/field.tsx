import type { ComponentChildren, JSX } from 'preact'
import { Words } from '../words.tsx'
import { Said, type Sentence } from './said.tsx'

/** What a control must carry so that its label, hint and error belong to it. */
export interface ControlAttributes {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: 'true'
}

export interface FieldProps {
  id: string
  label: ComponentChildren
  hint?: ComponentChildren
  error?: Sentence | undefined
  optional?: boolean
  class?: string
  children: (control: ControlAttributes) => JSX.Element
}

/** Label, hint and error around one control; the control is a function of the attributes that tie them together. */
export function Field({ id, label, hint, error, optional, children, ...rest }: FieldProps) {
  return (
    <div class={['field', error && 'field-invalid', rest.class].filter(Boolean).join(' ')}>
      <label class="label" for={id}>
        {label}
        {optional && <OptionalMark />}
      </label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <FieldError id={id} error={error} />
      {children(controlAttributes(id, Boolean(hint), error))}
    </div>
  )
}

export function controlAttributes(
  id: string,
  hasHint: boolean,
  error: Sentence | undefined,
): ControlAttributes {
  const described = [hasHint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return {
    id,
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': 'true' as const }),
  }
}

/** The same words as in the summary, at the field. */
export const FieldError = ({ id, error }: { id: string; error: Sentence | undefined }) =>
  error ? (
    <p class="field-error" id={`${id}-error`}>
      <span class="visually-hidden">
        <Words k="common.error" />{' '}
      </span>
      <Said sentence={error} />
    </p>
  ) : null

export const OptionalMark = () => (
  <span class="optional">
    {' '}
    <Words k="common.optional" />
  </span>
)
