import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { TypedRoyalty } from '../../../views/staff/royalty-card.tsx'
import type { RoyaltyChange } from '../../actions/change-royalty.ts'
import { currencies, parseAmount } from '../../takedowns/licence-terms.ts'
import { needsAmount, royaltyStates } from '../../takedowns/royalty.ts'
import type { Fields } from './takedown-form.ts'
import { longestText, typedText } from './typed-text.ts'

export function readTypedRoyalty(fields: Fields): TypedRoyalty {
  const value = (name: string) => typedText(fields[`royalty-${name}`]?.[0])
  return { state: value('state'), amount: value('amount'), currency: value('currency'), note: value('note') }
}

type Checked = { ok: true; value: RoyaltyChange } | { ok: false; errors: SummaryError[] }

export function checkRoyalty(typed: TypedRoyalty): Checked {
  const errors: SummaryError[] = []
  const fail = (field: keyof TypedRoyalty, fault: 'state' | 'amount' | 'currency' | 'note') =>
    errors.push({ fieldId: `royalty-${field}`, sentence: { key: `royalty.error.${fault}` } })
  const state = royaltyStates.find((known) => known === typed.state)
  const amountMinor = typed.amount === '' ? null : parseAmount(typed.amount)
  const currency = currencies.find((known) => known === typed.currency) ?? null
  if (!state) fail('state', 'state')
  if ((typed.amount !== '' || (state && needsAmount(state))) && amountMinor === null) fail('amount', 'amount')
  if (amountMinor !== null && currency === null) fail('currency', 'currency')
  if (typed.note.length > longestText) fail('note', 'note')
  if (!state || errors.length > 0) return { ok: false, errors }
  const note = typed.note === '' ? null : typed.note
  return { ok: true, value: { state, amountMinor, currency: amountMinor === null ? null : currency, note } }
}
