import type { QueueRow } from '../../src/takedowns/queue.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { Tag } from '../components/tag.tsx'
import { Words } from '../words.tsx'

interface TakedownListProps {
  rows: readonly QueueRow[]
  timeZone: string
  now: number
}

/** A table on a desk, cards on a phone. */
export function TakedownTable({ rows, timeZone, now }: TakedownListProps) {
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
              <TakedownLink reference={row.reference} />
            </th>
            <td>
              <Person>{row.claimantName}</Person>
            </td>
            <td class="long-value">
              <PagesOf row={row} />
            </td>
            <td class="cell-status">
              <StatusTag status={row.status} />
            </td>
            <td class="cell-due">
              <DueOf row={row} timeZone={timeZone} now={now} />
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

export const TakedownLink = ({ reference }: { reference: string }) => (
  <a class="reference" href={`/staff/takedowns/${reference}`}>
    <Ltr>{reference}</Ltr>
  </a>
)

const PagesOf = ({ row }: { row: QueueRow }) => (
  <>
    <Ltr>{readableUrl(row.firstPage).replace(/^https:\/\//, '')}</Ltr>
    {row.pages > 1 && (
      <div class="hint">
        <Words k="staff.queue.morePages" count={row.pages - 1} />
      </div>
    )}
  </>
)

/** The office's clock runs: not while it waits for the claimant, not after the decision. */
export const isRunning = (row: QueueRow) => row.status === 'received' || row.status === 'in_review'

export const DueOf = ({ row, timeZone, now }: { row: QueueRow; timeZone: string; now: number }) =>
  isRunning(row) ? (
    <>
      <Moment at={row.dueAt} timeZone={timeZone} precision="day" />{' '}
      {row.dueAt < now && (
        <Tag tone="danger">
          <Words k="staff.queue.late" />
        </Tag>
      )}
    </>
  ) : (
    <span aria-hidden="true">–</span>
  )
