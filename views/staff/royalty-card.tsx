import { currencies, formatAmount, plainAmount } from '../../src/takedowns/licence-terms.ts'
import type { Royalty } from '../../src/takedowns/royalties.ts'
import { royaltyMoves } from '../../src/takedowns/royalty.ts'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { Tag } from '../components/tag.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'

export interface TypedRoyalty {
  readonly state: string
  readonly amount: string
  readonly currency: string
  readonly note: string
}

export interface RoyaltyCardProps {
  takedown: { reference: string; version: number }
  royalty: Royalty | undefined
  typed: TypedRoyalty | undefined
  errors: readonly SummaryError[]
  mayChange: boolean
  timeZone: string
}

/** Money for past use: for those who may see money, and never for the claimant. */
export function RoyaltyCard({ takedown, royalty, typed, errors, mayChange, timeZone }: RoyaltyCardProps) {
  const state = royalty?.state ?? 'not_raised'
  const isOpen = typed !== undefined
  return (
    <section class="card" aria-labelledby="royalty">
      <h2 id="royalty">
        <Words k="royalty.title" />
      </h2>
      <p>
        <Tag tone={state === 'paid' ? 'ok' : 'plain'}>
          <Words k={`royalty.state.${state}`} />
        </Tag>{' '}
        {royalty && royalty.amountMinor !== null && royalty.currency !== null && (
          <Ltr>{formatAmount(royalty.amountMinor, royalty.currency)}</Ltr>
        )}
      </p>
      {royalty?.note && (
        <blockquote class="person-text">
          <Person>{royalty.note}</Person>
        </blockquote>
      )}
      {royalty && (
        <p class="hint">
          <Words
            k="royalty.changed"
            name={<Person>{royalty.changedBy}</Person>}
            moment={<Moment at={royalty.at} timeZone={timeZone} />}
          />
        </p>
      )}
      {mayChange && (
        <details open={isOpen}>
          <summary>
            <Words k="royalty.change" />
          </summary>
          <RoyaltyForm
            takedown={takedown}
            moves={royaltyMoves(state)}
            values={typed ?? valuesOf(royalty)}
            errors={errors}
          />
        </details>
      )}
    </section>
  )
}

const valuesOf = (royalty: Royalty | undefined): TypedRoyalty => ({
  state: royalty?.state ?? 'not_raised',
  amount: royalty && royalty.amountMinor !== null ? plainAmount(royalty.amountMinor) : '',
  currency: royalty?.currency ?? 'ILS',
  note: royalty?.note ?? '',
})

interface RoyaltyFormProps {
  takedown: RoyaltyCardProps['takedown']
  moves: ReturnType<typeof royaltyMoves>
  values: TypedRoyalty
  errors: readonly SummaryError[]
}

function RoyaltyForm({ takedown, moves, values, errors }: RoyaltyFormProps) {
  const errorAt = (field: keyof TypedRoyalty) =>
    errors.find(({ fieldId }) => fieldId === `royalty-${field}`)?.sentence
  return (
    <form method="post" action={`/staff/takedowns/${takedown.reference}/royalty`} novalidate>
      <input type="hidden" name="version" value={takedown.version} />
      <p class="hint">
        <Words k="royalty.hint" />
      </p>
      <Field id="royalty-state" label={<Words k="royalty.state" />} error={errorAt('state')}>
        {(control) => (
          <select class="input" {...control} name="royalty-state">
            {moves.map((move) => (
              <option key={move} value={move} selected={move === values.state}>
                <Words k={`royalty.state.${move}`} />
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        id="royalty-amount"
        name="royalty-amount"
        type="key"
        label={<Words k="royalty.amount" />}
        value={values.amount}
        error={errorAt('amount')}
      />
      <Field id="royalty-currency" label={<Words k="terms.currency" />} error={errorAt('currency')}>
        {(control) => (
          <select class="input" {...control} name="royalty-currency">
            {currencies.map((code) => (
              <option key={code} value={code} selected={code === values.currency}>
                {code}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="royalty-note" label={<Words k="royalty.note" />} error={errorAt('note')} optional>
        {(control) => (
          <textarea class="input" {...control} name="royalty-note" rows={2} dir="auto">
            {values.note}
          </textarea>
        )}
      </Field>
      <Button kind="secondary">
        <Words k="royalty.save" />
      </Button>
    </form>
  )
}
