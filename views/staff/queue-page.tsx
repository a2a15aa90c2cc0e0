import type { PlainKey } from '../../src/i18n/messages.ts'
import type { QueueRow } from '../../src/takedowns/queue.ts'
import { type QueueView, queueHref, queueViewText } from '../../src/takedowns/queue-view.ts'
import { type Status, statuses } from '../../src/takedowns/statuses.ts'
import { Pagination } from '../components/pagination.tsx'
import { Tabs } from '../components/tabs.tsx'
import { useWords, Words } from '../words.tsx'
import { BulkBar, bulkFormId } from './bulk-bar.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { type Person, QueueFilters } from './queue-filters.tsx'
import { type NamedView, QueueViews } from './queue-views.tsx'
import { TakedownTable } from './takedown-list.tsx'

export interface QueuePageProps {
  desk: Desk
  view: QueueView
  rows: readonly QueueRow[]
  total: number
  /** Cursors as the URL carries them. */
  next: string | null
  previous: string | null
  counts: ReadonlyMap<Status, number>
  people: readonly Person[]
  named: readonly NamedView[]
  /** The reader may do something with rows. */
  mayAct: boolean
  /** Why nothing was done with them. */
  bulkFault?: PlainKey
  /** A name that was refused, and the address of the view it was for. */
  isNameMissing?: boolean
}

/** A view of the queue is its URL. */
export function QueuePage(props: QueuePageProps) {
  const { t } = useWords()
  const { desk, view, rows, total, counts } = props
  const partAt = (page: string | null) => (page ? queueHref({ ...view, page }) : null)
  return (
    <DeskLayout
      desk={desk}
      title={t('staff.queue.title')}
      errors={props.bulkFault ? [{ fieldId: bulkFormId, sentence: { key: props.bulkFault } }] : []}
      current="queue"
    >
      <h1>
        <Words k="staff.queue.title" />
      </h1>
      <QueueFilters view={view} people={props.people} />
      <StatusTabs view={view} counts={counts} />
      <p class="queue-total">
        <span class="hint" role="status">
          <Words k="staff.queue.count" count={total} />
        </span>
        {total > 0 && (
          <a href={queueHref({ ...view, page: undefined }).replace('?', '.csv?')} download>
            <Words k="queue.export" />
          </a>
        )}
      </p>
      {rows.length === 0 ? (
        <p class="card nothing">
          <Words k={counts.size === 0 ? 'staff.queue.emptyAll' : 'staff.queue.empty'} />
        </p>
      ) : (
        <TakedownTable rows={rows} desk={desk} {...(props.mayAct && { tickFor: bulkFormId })} />
      )}
      <Pagination previous={partAt(props.previous)} next={partAt(props.next)} />
      {props.mayAct && rows.length > 0 && <BulkBar people={props.people} query={queueViewText(view)} />}
      <QueueViews view={view} named={props.named} isNameMissing={props.isNameMissing ?? false} />
    </DeskLayout>
  )
}

function StatusTabs({ view, counts }: Pick<QueuePageProps, 'view' | 'counts'>) {
  const { t } = useWords()
  const at = (status: QueueView['status']) => queueHref({ ...view, status, page: undefined })
  const shown = statuses.filter((status) => counts.has(status) || status === view.status)
  return (
    <Tabs
      label={t('staff.queue.filter')}
      tabs={[
        ...(['open', 'all'] as const).map((status) => ({
          href: at(status),
          label: <Words k={`staff.queue.${status}`} />,
          current: view.status === status,
        })),
        ...shown.map((status) => ({
          href: at(status),
          label: <Words k={`common.status.${status}`} />,
          count: counts.get(status) ?? 0,
          current: view.status === status,
        })),
      ]}
    />
  )
}
