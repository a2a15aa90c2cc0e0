import type { ComponentChildren } from 'preact'
import type { Locale } from '../../src/i18n/locales.ts'
import { directionOf } from '../../src/i18n/locales.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { TakedownLink } from './takedown-list.tsx'

export interface BulkOutcome {
  readonly reference: string
  readonly version: number
  readonly claimantName: string
  readonly locale: Locale
  /** Why it stays as it is; null where the act goes through. */
  readonly refusal: 'stale' | 'refused' | 'pending' | null
  /** Names the letter and all else that was previewed. */
  readonly mark: string
  readonly letter: { readonly subject: string; readonly text: string } | null
}

interface BulkPageProps {
  desk: Desk
  outcomes: readonly BulkOutcome[]
  /** The act and its object, as the form sent them. */
  fields: Readonly<Record<string, string>>
  /** Whom or what it is about: a colleague's name, a reference. */
  object: string
  backTo: string
}

/** Nothing has happened yet: what would, to which, with the letters that would go out. */
export function BulkPreviewPage({ desk, outcomes, fields, object, backTo }: BulkPageProps) {
  const { t } = useWords()
  const able = outcomes.filter(({ refusal }) => refusal === null)
  return (
    <DeskLayout desk={desk} title={t('bulk.title')} current="queue">
      <h1>
        <Words k="bulk.title" />
      </h1>
      <ul class="card plain-list bulk-list">
        {outcomes.map((outcome) => (
          <Row key={outcome.reference} outcome={outcome}>
            <What outcome={outcome} act={fields.act ?? ''} object={object} />
          </Row>
        ))}
      </ul>
      <div class="button-row">
        {able.length > 0 && (
          <form method="post" action="/staff/bulk/sending">
            <Hidden fields={{ ...fields, view: backTo }} />
            <Rows rows={able} />
            {able.map(({ reference, mark }) => (
              <input key={reference} type="hidden" name={`seen-${reference}`} value={mark} />
            ))}
            <Button>
              <Words k="bulk.go" count={able.length} />
            </Button>
          </form>
        )}
        <a href={`/staff/takedowns?${backTo}`}>
          <Words k="bulk.back" />
        </a>
      </div>
    </DeskLayout>
  )
}

const Hidden = ({ fields }: { fields: Readonly<Record<string, string>> }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
  </>
)

/** The ticked rows in one field, carried on to the next step. */
const Rows = ({ rows }: { rows: readonly Pick<BulkOutcome, 'reference' | 'version'>[] }) => (
  <input
    type="hidden"
    name="row"
    value={rows.map(({ reference, version }) => `${reference}:${version}`).join(' ')}
  />
)

const Row = ({ outcome, children }: { outcome: BulkOutcome; children: ComponentChildren }) => (
  <li>
    <TakedownLink reference={outcome.reference} /> <Person>{outcome.claimantName}</Person>
    <div class="hint">{children}</div>
    {outcome.letter && outcome.refusal === null && (
      <details>
        <summary>
          <Words k="bulk.letter" />
        </summary>
        <p lang={outcome.locale} dir={directionOf(outcome.locale)}>
          <b>{outcome.letter.subject}</b>
        </p>
        <pre class="bulk-letter" lang={outcome.locale} dir={directionOf(outcome.locale)}>
          {outcome.letter.text}
        </pre>
      </details>
    )}
  </li>
)

function What({ outcome, act, object }: { outcome: BulkOutcome; act: string; object: string }) {
  if (outcome.refusal) return <Words k={`bulk.not.${outcome.refusal}`} />
  if (act === 'spam') return <Words k="bulk.will.spam" />
  if (act === 'assignment') return <Words k="bulk.will.assignment" name={<Person>{object}</Person>} />
  const original = <Ltr>{object}</Ltr>
  return outcome.letter ? (
    <Words k="bulk.will.duplicate" reference={original} />
  ) : (
    <Words k="bulk.will.duplicateSilent" reference={original} />
  )
}

interface BulkWaitingPageProps {
  desk: Desk
  outcomes: readonly BulkOutcome[]
  backTo: string
}

/** The acts wait for their moment; until then all of them can be undone with one button. */
export function BulkWaitingPage({ desk, outcomes, backTo }: BulkWaitingPageProps) {
  const { t } = useWords()
  const waiting = outcomes.filter(({ refusal }) => refusal === null)
  return (
    <DeskLayout desk={desk} title={t('bulk.title')} current="queue">
      <h1>
        <Words k="bulk.title" />
      </h1>
      <Banner tone="warn" role="status" title={<Words k="bulk.waiting" count={waiting.length} />}>
        <p>
          <Words k="bulk.waiting.hint" />
        </p>
        <div class="button-row">
          {waiting.length > 0 && (
            <form method="post" action="/staff/bulk/undoing">
              <Hidden fields={{ view: backTo }} />
              <Rows rows={waiting} />
              <Button data-key="u">
                <Words k="bulk.undo" />
              </Button>
            </form>
          )}
          <a href={`/staff/takedowns?${backTo}`}>
            <Words k="bulk.back" />
          </a>
        </div>
      </Banner>
      <ul class="card plain-list bulk-list">
        {outcomes.map((outcome) => (
          <Row key={outcome.reference} outcome={{ ...outcome, letter: null }}>
            {outcome.refusal && <Words k={`bulk.not.${outcome.refusal}`} />}
          </Row>
        ))}
      </ul>
    </DeskLayout>
  )
}

interface BulkUndonePageProps {
  desk: Desk
  undone: readonly { readonly reference: string; readonly isUndone: boolean }[]
  backTo: string
}

export function BulkUndonePage({ desk, undone, backTo }: BulkUndonePageProps) {
  const { t } = useWords()
  return (
    <DeskLayout desk={desk} title={t('bulk.title')} current="queue">
      <h1>
        <Words k="bulk.title" />
      </h1>
      <ul class="card plain-list bulk-list">
        {undone.map(({ reference, isUndone }) => (
          <li key={reference}>
            <TakedownLink reference={reference} />{' '}
            <Words k={isUndone ? 'bulk.undone.done' : 'bulk.undone.late'} />
          </li>
        ))}
      </ul>
      <a href={`/staff/takedowns?${backTo}`}>
        <Words k="bulk.back" />
      </a>
    </DeskLayout>
  )
}
