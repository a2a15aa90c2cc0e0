import { locales } from '../../src/i18n/locales.ts'
import type { PlainKey } from '../../src/i18n/messages.ts'
import { queueSorts } from '../../src/takedowns/queue-sorts.ts'
import { dueFilters, type QueueView, queueHref } from '../../src/takedowns/queue-view.ts'
import { Button } from '../components/button.tsx'
import { useWords, Words } from '../words.tsx'

export interface Person {
  readonly id: number
  readonly name: string
}

interface QueueFiltersProps {
  view: QueueView
  people: readonly Person[]
}

/** Search and filters: one form, whose address is the view. */
export const QueueFilters = ({ view, people }: QueueFiltersProps) => (
  <search>
    <form class="queue-filters" method="get" action="/staff/takedowns">
      <input type="hidden" name="status" value={view.status} />
      <div class="search-form">
        <div class="field">
          <label class="label" for="q">
            <Words k="staff.queue.search" />
          </label>
          <input class="input" id="q" type="search" name="q" value={view.q} dir="auto" data-key="search" />
        </div>
        <SortField sort={view.sort} />
        <Button kind="secondary">
          <Words k="staff.queue.searchButton" />
        </Button>
      </div>
      <details class="more-filters" open={isFiltered(view)}>
        <summary>
          <Words k="queue.filters" />
        </summary>
        <div class="filter-fields">
          <AssigneeField view={view} people={people} />
          <Choice
            name="due"
            label="queue.due"
            options={dueFilters.map((due) => ({ value: due, words: `queue.due.${due}` as const }))}
            any="queue.due.any"
            chosen={view.due}
          />
          <Choice
            name="lang"
            label="queue.language"
            options={locales.map((locale) => ({
              value: locale,
              words: `common.language.${locale}` as const,
            }))}
            any="queue.language.any"
            chosen={view.lang}
          />
          <div class="field">
            <label class="label" for="at">
              <Words k="queue.at" />
            </label>
            <input class="input" id="at" type="text" name="at" value={view.at ?? ''} dir="auto" />
          </div>
          <Tick name="replied" words="queue.replied" isTicked={view.replied === '1'} />
          <Tick name="mail" words="queue.mail" isTicked={view.mail === '1'} />
        </div>
        <p class="buttons">
          <Button kind="secondary">
            <Words k="queue.apply" />
          </Button>{' '}
          <a href={queueHref({ status: view.status, sort: view.sort })}>
            <Words k="queue.clear" />
          </a>
        </p>
      </details>
    </form>
  </search>
)

const isFiltered = ({ assignee, due, lang, at, replied, mail }: QueueView): boolean =>
  [assignee, due, lang, at, replied, mail].some((value) => value !== undefined && value !== '')

const SortField = ({ sort }: Pick<QueueView, 'sort'>) => (
  <div class="field">
    <label class="label" for="sort">
      <Words k="staff.queue.sort" />
    </label>
    <select class="input" id="sort" name="sort">
      {queueSorts.map((one) => (
        <option key={one} value={one} selected={one === sort}>
          <Words k={one === 'event' ? 'queue.sort.event' : `staff.queue.sort.${one}`} />
        </option>
      ))}
    </select>
  </div>
)

function AssigneeField({ view, people }: QueueFiltersProps) {
  const { t } = useWords()
  return (
    <div class="field">
      <label class="label" for="assignee">
        <Words k="queue.assignee" />
      </label>
      <select class="input" id="assignee" name="assignee">
        <option value="">{t('queue.assignee.any')}</option>
        {(['me', 'nobody'] as const).map((who) => (
          <option key={who} value={who} selected={view.assignee === who}>
            {t(`queue.assignee.${who}`)}
          </option>
        ))}
        {people.map(({ id, name }) => (
          <option key={id} value={id} selected={view.assignee === id} dir="auto">
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

interface ChoiceProps {
  name: string
  label: PlainKey
  any: PlainKey
  options: readonly { value: string; words: PlainKey }[]
  chosen: string | undefined
}

function Choice({ name, label, any, options, chosen }: ChoiceProps) {
  const { t } = useWords()
  return (
    <div class="field">
      <label class="label" for={name}>
        {t(label)}
      </label>
      <select class="input" id={name} name={name}>
        <option value="">{t(any)}</option>
        {options.map(({ value, words }) => (
          <option key={value} value={value} selected={value === chosen}>
            {t(words)}
          </option>
        ))}
      </select>
    </div>
  )
}

const Tick = ({ name, words, isTicked }: { name: string; words: PlainKey; isTicked: boolean }) => (
  <label class="choice">
    <input type="checkbox" name={name} value="1" checked={isTicked} />
    <span>
      <Words k={words} />
    </span>
  </label>
)
