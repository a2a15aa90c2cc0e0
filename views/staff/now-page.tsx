import type { QueueRow } from '../../src/takedowns/queue.ts'
import { Icon } from '../components/icon.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { useWords, Words } from '../words.tsx'
import { ClaimantName } from './claimant-name.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { Due } from './due.tsx'
import { TakedownLink } from './takedown-list.tsx'

export interface NowGroup {
  readonly name: 'overdue' | 'unclaimed' | 'replied' | 'mailProblem' | 'mine'
  readonly rows: readonly QueueRow[]
  readonly total: number
  /** The same view in the queue. */
  readonly href: string
}

/** Each group with its count and its next few; an empty one looks done. */
export function NowPage({ desk, groups }: { desk: Desk; groups: readonly NowGroup[] }) {
  const { t } = useWords()
  return (
    <DeskLayout desk={desk} title={t('staff.now.title')} current="now">
      <h1>
        <Words k="staff.now.title" />
      </h1>
      <div class="now-groups">
        {groups.map((group) => (
          <Group key={group.name} group={group} desk={desk} />
        ))}
      </div>
    </DeskLayout>
  )
}

const Group = ({ group, desk }: { group: NowGroup; desk: Desk }) => (
  <section class="card" aria-labelledby={group.name}>
    <h2 id={group.name}>
      <Words k={group.name === 'mailProblem' ? 'queue.now.mailProblem' : `staff.now.${group.name}`} />{' '}
      <span class="tab-count">{group.total}</span>
    </h2>
    {group.total === 0 ? (
      <p class="nothing">
        <Icon name="check" /> <Words k="staff.now.nothing" />
      </p>
    ) : (
      <ul class="plain-list">
        {group.rows.map((row) => (
          <li key={row.id}>
            <TakedownLink reference={row.reference} /> <ClaimantName name={row.claimantName} />
            <div class="hint">
              <Due of={row} now={desk.now} calendar={desk.calendar} named />{' '}
              {row.nextDueAt === null && <StatusTag status={row.status} />}
            </div>
          </li>
        ))}
      </ul>
    )}
    {group.total > group.rows.length && (
      <a href={group.href}>
        <Words k="staff.now.all" count={group.total} />
      </a>
    )}
  </section>
)
