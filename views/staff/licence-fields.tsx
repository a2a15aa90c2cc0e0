import { currencies, type Licence, plainAmount } from '../../src/takedowns/licence-terms.ts'
import { Words } from '../words.tsx'

/** As typed; days are YYYY-MM-DD or empty. */
export interface TypedTerms {
  readonly scope: string
  readonly medium: string
  readonly from: string
  readonly until: string
  readonly fee: string
  readonly currency: string
  readonly credit: string
}

interface LicenceFieldsProps {
  pageId: number
  typed: TypedTerms | undefined
  licence: Licence | undefined
}

/** For the outcomes under which the material stays by agreement; folded away while they say nothing. */
export function LicenceFields({ pageId, typed, licence }: LicenceFieldsProps) {
  const values = typed ?? (licence && typedOf(licence)) ?? emptyTerms
  const { currency, ...rest } = values
  const text = (name: keyof typeof rest) => <TermField pageId={pageId} name={name} value={values[name]} />
  return (
    <details class="terms for-agreed" open={Object.values(rest).some((value) => value !== '')}>
      <summary>
        <Words k="terms.title" />
      </summary>
      <p class="hint">
        <Words k="terms.hint" />
      </p>
      {text('scope')}
      {text('medium')}
      {text('from')}
      {text('until')}
      {text('fee')}
      <div class="field">
        <label class="label" for={`currency-${pageId}`}>
          <Words k="terms.currency" />
        </label>
        <select class="input" id={`currency-${pageId}`} name={`currency-${pageId}`}>
          {currencies.map((code) => (
            <option key={code} value={code} selected={code === currency}>
              {code}
            </option>
          ))}
        </select>
      </div>
      {text('credit')}
    </details>
  )
}

const inputs = {
  scope: { type: 'text', dir: 'auto' },
  medium: { type: 'text', dir: 'auto' },
  from: { type: 'date' },
  until: { type: 'date' },
  fee: { type: 'text', dir: 'ltr', inputmode: 'decimal' },
  credit: { type: 'text', dir: 'auto' },
} as const

function TermField({ pageId, name, value }: { pageId: number; name: keyof typeof inputs; value: string }) {
  const id = `${name}-${pageId}`
  const hint = name === 'scope' || name === 'medium' ? (`terms.${name}Hint` as const) : null
  return (
    <div class="field">
      <label class="label" for={id}>
        <Words k={`terms.${name}`} />
      </label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          <Words k={hint} />
        </div>
      )}
      <input
        class="input"
        {...inputs[name]}
        id={id}
        name={id}
        value={value}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
      />
    </div>
  )
}

const emptyTerms: TypedTerms = {
  scope: '',
  medium: '',
  from: '',
  until: '',
  fee: '',
  currency: 'ILS',
  credit: '',
}

const typedOf = (licence: Licence): TypedTerms => ({
  scope: licence.scope,
  medium: licence.medium,
  from: licence.fromDay ?? '',
  until: licence.untilDay ?? '',
  fee: licence.feeMinor === null ? '' : plainAmount(licence.feeMinor),
  currency: licence.currency ?? 'ILS',
  credit: licence.creditLine ?? '',
})
