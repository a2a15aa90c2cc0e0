import type { OutgoingAct } from '../../actions/outgoing-act.ts'
import type { Tx } from '../../db/open.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import { isColleague } from '../../staff/colleagues.ts'
import { originalOf } from '../../takedowns/duplicates.ts'
import { parseReference } from '../../takedowns/reference.ts'
import { findByReference } from '../../takedowns/store.ts'
import type { Fields } from './takedown-form.ts'

export const bulkActs = ['assignment', 'spam', 'duplicate'] as const
export type BulkActName = (typeof bulkActs)[number]
export type BulkAct = Extract<OutgoingAct, { act: BulkActName }>

/** A ticked row: the takedown and the version that the list showed. */
export interface BulkRow {
  readonly reference: string
  readonly version: number
}

/** A list shows fifty; nobody previews more. */
const mostRows = 100

/** `TD-XXXX-XXXX:version`, from one box each or several in one field with blanks between; each once. */
export function readBulkRows(fields: Fields): BulkRow[] {
  const texts = (fields.row ?? []).flatMap((text) => text.split(' '))
  const rows = texts.flatMap((text): [string, BulkRow][] => {
    const [typed = '', version = ''] = text.split(':')
    const reference = parseReference(typed)
    return reference && /^\d{1,15}$/.test(version)
      ? [[reference, { reference, version: Number(version) }]]
      : []
  })
  return [...new Map(rows).values()].slice(0, mostRows)
}

export type CheckedBulk =
  | { ok: true; act: BulkAct; rows: readonly BulkRow[]; fields: Readonly<Record<string, string>> }
  | { ok: false; fault: PlainKey }

/** What is to be done with the ticked rows, or why it cannot be. */
export function checkBulk(tx: Tx, fields: Fields): CheckedBulk {
  const rows = readBulkRows(fields)
  if (rows.length === 0) return { ok: false, fault: 'bulk.none' }
  const name = bulkActs.find((one) => one === fields.act?.[0])
  if (name === 'spam') return { ok: true, rows, act: { act: 'spam' }, fields: { act: 'spam' } }
  if (name === 'duplicate') {
    const reference = parseReference(fields.of?.[0] ?? '')
    const named = reference === null ? undefined : findByReference(tx, reference)
    const original = named && originalOf(tx, named.id)
    if (!original) return { ok: false, fault: 'bulk.noReference' }
    const act = { act: 'duplicate', ofId: original.id } as const
    return { ok: true, rows, act, fields: { act: 'duplicate', of: original.reference } }
  }
  const to = Number(fields.to?.[0] || Number.NaN)
  if (!Number.isSafeInteger(to) || !isColleague(tx, to)) return { ok: false, fault: 'bulk.noPerson' }
  return { ok: true, rows, act: { act: 'assignment', to }, fields: { act: 'assignment', to: String(to) } }
}
