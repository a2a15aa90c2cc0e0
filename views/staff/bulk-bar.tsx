import { Button } from '../components/button.tsx'
import { useWords, Words } from '../words.tsx'
import type { Person } from './queue-filters.tsx'

export const bulkFormId = 'bulk'

/** What can be done with the rows that are ticked in the list above; each leads to a preview. */
export function BulkBar({ people, query }: { people: readonly Person[]; query: string }) {
  const { t } = useWords()
  return (
    <form
      id={bulkFormId}
      class="card bulk-bar no-print"
      method="post"
      action="/staff/bulk"
      aria-labelledby="bulk-act"
    >
      <h2 id="bulk-act">
        <Words k="bulk.act" />
      </h2>
      <input type="hidden" name="view" value={query} />
      <div class="bulk-acts">
        <label class="choice">
          <input type="radio" name="act" value="assignment" checked />
          <span>
            <Words k="bulk.assign" />
          </span>
        </label>
        <select class="input" name="to" aria-label={t('bulk.assign')}>
          <option value="">–</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id} dir="auto">
              {name}
            </option>
          ))}
        </select>
        <label class="choice">
          <input type="radio" name="act" value="duplicate" />
          <span>
            <Words k="bulk.duplicate" />
          </span>
        </label>
        <input
          class="input"
          type="text"
          name="of"
          dir="ltr"
          aria-label={t('bulk.reference')}
          placeholder="TD-"
          autocomplete="off"
        />
        <label class="choice">
          <input type="radio" name="act" value="spam" />
          <span>
            <Words k="bulk.spam" />
          </span>
        </label>
      </div>
      <Button kind="secondary">
        <Words k="bulk.preview" />
      </Button>
    </form>
  )
}
