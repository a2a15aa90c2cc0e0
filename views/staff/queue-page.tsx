import type { QueueQuery, QueueRow } from '../../src/takedowns/queue.ts'
import { type Status, statuses } from '../../src/takedowns/statuses.ts'
import { Button } from '../components/button.tsx'
import { Pagination } from '../components/pagination.tsx'
import { Tabs } from '../components/tabs.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { TakedownTable } from './takedown-list.tsx'

export interface QueuePageProps {
  desk: Desk
  query: QueueQuery
  rows: readonly QueueRow[]
  total: number
  pages: number
  counts: ReadonlyMap<Status, number>
  /** The address of this view with some of it changed. */
  href: (change: Partial<Pick<QueueQuery, 'status' | 'page' | 'sort'>>) => string
}

/** A view of the queue is its URL. */
export function QueuePage({ desk, query, rows, total, pages, counts, href }: QueuePageProps) {
  const { t } = useWords()
  const shown = statuses.filter((status) => counts.has(status) || status === query.status)
  return (
    <DeskLayout desk={desk} title={t('staff.queue.title')} current="queue">
      <h1>
        <Words k="staff.queue.title" />
      </h1>
      <SearchForm query={query} />
      <Tabs
        label={t('staff.queue.filter')}
        tabs={[
          ...(['open', 'all'] as const).map((status) => ({
            href: href({ status, page: 1 }),
            label: <Words k={`staff.queue.${status}`} />,
            current: query.status === status,
          })),
          ...shown.map((status) => ({
            href: href({ status, page: 1 }),
            label: <Words k={`common.status.${status}`} />,
            count: counts.get(status) ?? 0,
            current: query.status === status,
          })),
        ]}
      />
      <p class="hint" role="status">
        <Words k="staff.queue.count" count={total} />
      </p>
      {rows.length === 0 ? (
        <p class="card nothing">
          <Words k={counts.size === 0 ? 'staff.queue.emptyAll' : 'staff.queue.empty'} />
        </p>
      ) : (
        <TakedownTable rows={rows} timeZone={desk.timeZone} now={desk.now} />
      )}
      <Pagination page={query.page} pages={pages} href={(page) => href({ page })} />
    </DeskLayout>
  )
}

const SearchForm = ({ query }: { query: QueueQuery }) => (
  <search>
    <form class="search-form" method="get" action="/staff/takedowns">
      <input type="hidden" name="status" value={query.status} />
      <div class="field">
        <label class="label" for="q">
          <Words k="staff.queue.search" />
        </label>
        <input class="input" id="q" type="search" name="q" value={query.search} dir="auto" />
      </div>
      <div class="field">
        <label class="label" for="sort">
          <Words k="staff.queue.sort" />
        </label>
        <select class="input" id="sort" name="sort">
          {(['due', 'received'] as const).map((sort) => (
            <option key={sort} value={sort} selected={sort === query.sort}>
              <Words k={`staff.queue.sort.${sort}`} />
            </option>
          ))}
        </select>
      </div>
      <Button kind="secondary">
        <Words k="staff.queue.searchButton" />
      </Button>
    </form>
  </search>
)
