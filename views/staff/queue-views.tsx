import { isolate } from '../../src/lib/bidi.ts'
import { type QueueView, queueViewText } from '../../src/takedowns/queue-view.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Person } from '../components/person.tsx'
import { useWords, Words } from '../words.tsx'

export interface NamedView {
  readonly id: number
  readonly name: string
  /** The query of its URL. */
  readonly query: string
  readonly isShared: boolean
  /** The reader may rename or remove it. */
  readonly isChangeable: boolean
}

interface QueueViewsProps {
  view: QueueView
  named: readonly NamedView[]
  isNameMissing: boolean
}

/** Views that were given a name, and the form that gives one to the view shown. */
export const QueueViews = ({ view, named, isNameMissing }: QueueViewsProps) => (
  <section class="card queue-views no-print" aria-labelledby="views">
    <h2 id="views">
      <Words k="queue.view.title" />
    </h2>
    {named.length > 0 && (
      <ul class="plain-list">
        {named.map((one) => (
          <Named key={one.id} view={one} />
        ))}
      </ul>
    )}
    <form method="post" action="/staff/views">
      <input type="hidden" name="query" value={queueViewText({ ...view, page: undefined })} />
      <Field
        id="view-name"
        label={<Words k="queue.view.name" />}
        error={isNameMissing ? { key: 'queue.view.nameMissing' } : undefined}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            type="text"
            name="name"
            maxLength={80}
            dir="auto"
            autocomplete="off"
          />
        )}
      </Field>
      <label class="choice">
        <input type="checkbox" name="shared" value="yes" />
        <span>
          <Words k="queue.view.shared" />
        </span>
      </label>
      <Button kind="secondary">
        <Words k="queue.view.save" />
      </Button>
    </form>
  </section>
)

function Named({ view }: { view: NamedView }) {
  return (
    <li class="named-view">
      <a href={`/staff/takedowns?${view.query}`}>
        <Person>{view.name}</Person>
      </a>{' '}
      {view.isShared && (
        <span class="hint">
          <Words k="queue.view.everybody" />
        </span>
      )}
      {view.isChangeable && <Change view={view} />}
    </li>
  )
}

function Change({ view }: { view: NamedView }) {
  const { t } = useWords()
  const id = `view-name-${view.id}`
  return (
    <>
      <form method="post" action={`/staff/views/${view.id}/removal`}>
        <button
          type="submit"
          class="link-button"
          aria-label={t('queue.view.remove', { name: isolate(view.name) })}
        >
          ×
        </button>
      </form>
      <details>
        <summary aria-label={t('queue.view.renameOne', { name: isolate(view.name) })}>
          <Words k="queue.view.rename" />
        </summary>
        <form method="post" action={`/staff/views/${view.id}/name`}>
          <Field id={id} label={<Words k="queue.view.newName" />}>
            {(control) => (
              <input
                {...control}
                class="input"
                type="text"
                name="name"
                value={view.name}
                required
                maxLength={80}
                dir="auto"
                autocomplete="off"
              />
            )}
          </Field>
          <Button kind="secondary">
            <Words k="queue.view.renameSave" />
          </Button>
        </form>
      </details>
    </>
  )
}
