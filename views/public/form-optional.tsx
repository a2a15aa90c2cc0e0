import { controlAttributes, Field, FieldError, OptionalMark } from '../components/field.tsx'
import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import type { FormError, FormValues } from './form-model.ts'

interface FormOptionalProps {
  values: FormValues
  errorAt: (field: FormError['field']) => Sentence | undefined
}

/** What helps and is never demanded. */
export function FormOptional({ values, errorAt }: FormOptionalProps) {
  const { t } = useWords()
  return (
    <section class="card" aria-labelledby="optional-title">
      <h2 id="optional-title">
        <Words k="form.optional.title" />
      </h2>
      <p class="soft">
        <Words k="form.optional.lede" />
      </p>
      <TextField
        id="email"
        name="email"
        type="email"
        label={t('form.email.label')}
        hint={t('form.email.hint')}
        value={values.email}
        error={errorAt('email')}
        autocomplete="email"
        optional
      />
      <Field
        id="statement"
        label={t('form.statement.label')}
        hint={t('form.statement.hint')}
        error={errorAt('statement')}
        optional
      >
        {(control) => (
          <textarea {...control} class="input" name="statement" rows={4} dir="auto">
            {values.statement}
          </textarea>
        )}
      </Field>
      <Capacity chosen={values.capacity} error={errorAt('capacity')} />
    </section>
  )
}

function Capacity({ chosen, error }: { chosen: string; error: Sentence | undefined }) {
  const { t } = useWords()
  const { 'aria-describedby': describedBy } = controlAttributes('capacity', false, error)
  return (
    <fieldset class="choices" {...(describedBy && { 'aria-describedby': describedBy })}>
      <legend>
        {t('form.capacity.label')}
        <OptionalMark />
      </legend>
      <FieldError id="capacity" error={error} />
      {(['owner', 'representative', 'other'] as const).map((value) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name="capacity"
            id={`capacity-${value}`}
            value={value}
            checked={chosen === value}
          />
          <span>{t(`form.capacity.${value}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
