import { isolateLtr } from '../../src/lib/bidi.ts'
import type { QueueRow } from '../../src/takedowns/queue.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import { clockStanding } from '../../src/takedowns/standing.ts'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { useWords, Words } from '../words.tsx'
import { ClaimantName } from './claimant-name.tsx'
import type { Desk } from './desk-layout.tsx'
import { Due } from './due.tsx'

interface TakedownListProps {
  rows: readonly QueueRow[]
  desk: Desk
  /** The form to which ticked rows belong. */
  tickFor?: string
}

/** A table on a desk, cards on a phone. */
export function TakedownTable({ rows, desk, tickFor }: TakedownListProps) {
  return (
    <table class="table table-stacks">
      <thead>
        <tr>
          {(['reference', 'claimant', 'pages', 'status', 'due', 'assignee'] as const).map((column) => (
            <th key={column} scope="col">
              <Words k={`staff.queue.${column}`} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              {tickFor && <Tick row={row} form={tickFor} />} <TakedownLink reference={row.reference} />
            </th>
            <td>
              <ClaimantName name={row.claimantName} />
            </td>
            <td class="long-value">
              <PagesOf row={row} />
            </td>
            <td class="cell-status">
              <StatusTag status={row.status} />
            </td>
            <td class="cell-due">
              <DueOf row={row} desk={desk} />
            </td>
            <td class="cell-assignee">
              {row.assigneeName ? <Person>{row.assigneeName}</Person> : <Words k="staff.queue.nobody" />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Tick({ row, form }: { row: QueueRow; form: string }) {
  const { t } = useWords()
  const { reference, version } = row
  return (
    <input
      type="checkbox"
      class="row-tick"
      form={form}
      name="row"
      value={`${reference}:${version}`}
      aria-label={t('bulk.tick', { reference: isolateLtr(reference) })}
    />
  )
}

export const TakedownLink = ({ reference }: { reference: string }) => (
  <a class="reference" href={`/staff/takedowns/${reference}`}>
    <Ltr>{reference}</Ltr>
  </a>
)

const PagesOf = ({ row }: { row: QueueRow }) => (
  <>
    {row.firstPage === null ? (
      <span class="hint">
        <Words k="status.sent.none" />
      </span>
    ) : (
      <Ltr>{readableUrl(row.firstPage).replace(/^https:\/\//, '')}</Ltr>
    )}
    {row.pages > 1 && (
      <div class="hint">
        <Words k="staff.queue.morePages" count={row.pages - 1} />
      </div>
    )}
  </>
)

/** What the office owes; a dash where it owes nothing. */
export const DueOf = ({ row, desk }: { row: QueueRow; desk: Desk }) =>
  clockStanding(row, desk.now, desk.calendar).kind === 'none' ? (
    <span aria-hidden="true">–</span>
  ) : (
    <Due of={row} now={desk.now} calendar={desk.calendar} />
  )
