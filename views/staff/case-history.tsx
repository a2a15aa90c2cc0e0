import type { LetterOnItsWay } from '../../src/outbox/store.ts'
import type { AskedField } from '../../src/takedowns/asked-fields.ts'
import type { TakedownEvent } from '../../src/takedowns/events.ts'
import type { Look } from '../../src/takedowns/looks.ts'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { Prose } from '../components/prose.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Tag } from '../components/tag.tsx'
import { Timeline, type TimelineEntry } from '../components/timeline.tsx'
import { useWords, Words } from '../words.tsx'
import { type Casework, type HistoryPart, historyParts } from './casework.ts'
import { CorrectedBody } from './corrected-body.tsx'
import { MailSender, MailWords, Quoted } from './incoming-mail.tsx'
import { LetterHead } from './letter-list.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

/** Something of the timeline: when, for which part of it, and what it shows. */
interface Happening {
  readonly at: number
  readonly part: Exclude<HistoryPart, 'all'>
  readonly entry: TimelineEntry
}

/** Everything that happened, in one line of time: events with their words, letters with their state, notes. */
export function CaseHistory(props: TakedownPageProps) {
  const { t } = useWords()
  const { file, casework } = props
  const all = happeningsOf(props)
  const shown = casework.history === 'all' ? all : all.filter(({ part }) => part === casework.history)
  const address = `/staff/takedowns/${file.takedown.reference}`
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">
        <Words k="staff.case.history" />
      </h2>
      <div class="no-print">
        <Tabs
          label={t('case.history.show')}
          tabs={historyParts.map((part) => ({
            href: `${address}${part === 'all' ? '' : `?history=${part}`}#history`,
            label: <Words k={`case.history.${part}`} />,
            count: part === 'all' ? all.length : all.filter((one) => one.part === part).length,
            current: part === casework.history,
          }))}
        />
      </div>
      {shown.length > 0 ? (
        <Timeline entries={shown.map(({ entry }) => entry)} />
      ) : (
        <p class="hint">
          <Words k="case.history.nothing" />
        </p>
      )}
    </section>
  )
}

/** Oldest first; what happened at one moment stays in the order of cause and letter. */
function happeningsOf({ events, letters, file, casework, desk }: TakedownPageProps): Happening[] {
  const { timeZone } = desk
  return [
    ...eventsToShow(events, casework).map(
      (event): Happening => ({
        at: event.at,
        part: ofTheOffice.has(event.type) ? 'inside' : 'claimant',
        entry: {
          title: <EventTitle event={event} casework={casework} />,
          moment: <Moment at={event.at} timeZone={timeZone} />,
          body: <EventBody event={event} file={file} casework={casework} />,
        },
      }),
    ),
    ...letters.map((letter) => letterHappening(letter, timeZone)),
    ...casework.looks.map((look) => lookHappening(look, timeZone)),
  ].sort((one, other) => one.at - other.at)
}

const eventsToShow = (events: readonly TakedownEvent[], { print }: Casework) =>
  print === 'plain' ? events.filter(({ type }) => type !== 'note_added') : events

/** What the claimant neither did nor is told. */
const ofTheOffice: ReadonlySet<TakedownEvent['type']> = new Set([
  'taken_on',
  'handed_over',
  'note_added',
  'letter_requeued',
  'letter_found_gone',
  'letters_requeued',
  'letters_found_gone',
  'no_answer_needed',
  'marked_spam',
  'duplicate_joined',
  'mail_kept',
  'letter_bounced',
  'fields_corrected',
])

const lookHappening = ({ staffName, firstAt, lastAt }: Look, timeZone: string): Happening => ({
  at: firstAt,
  part: 'inside',
  entry: {
    title: <Words k="case.history.looked" name={<Person>{staffName}</Person>} />,
    moment: <Moment at={firstAt} timeZone={timeZone} />,
    ...(lastAt > firstAt && {
      body: (
        <p class="hint">
          <Words k="case.history.lookedLast" moment={<Moment at={lastAt} timeZone={timeZone} />} />
        </p>
      ),
    }),
  },
})

const lettersToUs: readonly string[] = ['new-takedown', 'claimant-wrote', 'withdrawn', 'digest']

const letterHappening = (letter: LetterOnItsWay, timeZone: string): Happening => ({
  at: letter.createdAt,
  part: lettersToUs.includes(letter.kind) ? 'inside' : 'claimant',
  entry: {
    title: <Words k="case.history.letter" />,
    moment: <Moment at={letter.submittedAt ?? letter.createdAt} timeZone={timeZone} />,
    body: <LetterHead letter={letter} />,
  },
})

function EventTitle({ event, casework }: { event: TakedownEvent; casework: Casework }) {
  return (
    <>
      {event.type === 'handed_over' ? (
        <Words
          k="case.history.handedOver"
          name={<Person>{casework.names.get(event.detail.assigneeId) ?? ''}</Person>}
        />
      ) : (
        <Words k={`staff.event.${event.type}`} />
      )}{' '}
      {event.staffName && <Words k="staff.event.by" name={<Person>{event.staffName}</Person>} />}
    </>
  )
}

type EventBodyProps = Pick<TakedownPageProps, 'file' | 'casework'> & { event: TakedownEvent }

function EventBody({ event, file, casework }: EventBodyProps) {
  if (event.type === 'note_added') return <NoteBody id={event.detail.noteId} casework={casework} />
  if (event.type === 'marked_duplicate' || event.type === 'duplicate_joined') {
    const { reference } = event.detail
    return (
      <a href={`/staff/takedowns/${reference}`}>
        <Ltr>{reference}</Ltr>
      </a>
    )
  }
  if (event.type === 'fields_given') return <GivenBody detail={event.detail} />
  if (event.type === 'mail_kept') return <KeptMail id={event.detail.incomingId} casework={casework} />
  if (event.type === 'fields_corrected') return <CorrectedBody detail={event.detail} pages={file.pages} />
  const text = textOf(event, file)
  const quoted = quotedOf(event, file)
  const isDoubtful = isOfDoubtfulMail(event, casework)
  if (!text && !quoted && !isDoubtful) return null
  return (
    <>
      {isDoubtful && (
        <p>
          <Tag tone="danger">
            <Words k="inbox.authenticity.failed" />
          </Tag>
        </p>
      )}
      {text && (
        <blockquote class="person-text">
          <Prose>{text}</Prose>
        </blockquote>
      )}
      <Quoted text={quoted} />
      {event.type === 'claimant_asked' && event.detail.asked && (
        <p class="hint">
          <Words k="case.asked" fields={<FieldNames fields={event.detail.asked} />} />
        </p>
      )}
    </>
  )
}

const FieldNames = ({ fields }: { fields: readonly AskedField[] }) => {
  const { t, locale } = useWords()
  return <>{new Intl.ListFormat(locale).format(fields.map((field) => t(`asked.${field}`)))}</>
}

/** What was given stands in the claimant's card; what it replaced stands only here. */
const GivenBody = ({ detail }: { detail: Extract<TakedownEvent, { type: 'fields_given' }>['detail'] }) => (
  <ul>
    {detail.fields.map((field) => (
      <li key={field}>
        <Words k={`asked.${field}`} />
        {detail.before[field] && (
          <div class="hint person-text">
            <Words k="case.ask.before" value={<Person>{detail.before[field]}</Person>} />
          </div>
        )}
      </li>
    ))}
  </ul>
)

function NoteBody({ id, casework }: { id: number; casework: Casework }) {
  const note = casework.notes.find((candidate) => candidate.id === id)
  if (!note) return null
  return (
    <div class="note">
      <Tag tone="warn">
        <Words k="case.note.inside" />
      </Tag>
      <div class="person-text">
        <Prose>{note.body}</Prose>
      </div>
    </div>
  )
}

/** Mail of somebody who is not the claimant; for staff alone. */
function KeptMail({ id, casework }: { id: number; casework: Casework }) {
  const shown = casework.mails.find(({ mail }) => mail.id === id)
  if (!shown?.found) return null
  return (
    <div class="note">
      <Tag tone="warn">
        <Words k={`inbox.standing.${shown.mail.standing}`} />
      </Tag>
      <MailSender mail={shown.mail} />
      <MailWords found={shown.found} />
      <p>
        <a href={`/staff/inbox/${id}`}>
          <Words k="case.mail.open" />
        </a>
      </p>
    </div>
  )
}

/** Words that came by mail, of which the sender's own domain says that it may be forged. */
const isOfDoubtfulMail = (event: TakedownEvent, { mails }: Casework): boolean =>
  event.type === 'message_added' &&
  mails.some(
    ({ mail, found }) => mail.messageId === event.detail.messageId && found?.authenticity.label === 'failed',
  )

function quotedOf(event: TakedownEvent, file: TakedownPageProps['file']): string | null {
  if (event.type !== 'message_added') return null
  const { messageId } = event.detail
  return file.messages.find((message) => message.id === messageId)?.quoted ?? null
}

/** What was said in it: a message, the reason of a reopening, the terms agreed to. */
function textOf(event: TakedownEvent, file: TakedownPageProps['file']): string | undefined {
  if (event.type === 'reopened') return event.detail.reason
  if (event.type === 'terms_accepted') return event.detail.terms
  if (!('messageId' in event.detail)) return undefined
  const { messageId } = event.detail
  return file.messages.find((message) => message.id === messageId)?.body
}
