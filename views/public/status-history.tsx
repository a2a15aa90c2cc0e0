import type { TakedownEvent } from '../../src/takedowns/events.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Moment } from '../components/moment.tsx'
import { Prose } from '../components/prose.tsx'
import { Timeline } from '../components/timeline.tsx'
import { Words } from '../words.tsx'

interface HistoryProps {
  file: TakedownFile
  events: readonly TakedownEvent[]
  timeZone: string
}

/** What both sides did, without the names of staff and without what only staff need. */
export function StatusHistory({ file, events, timeZone }: HistoryProps) {
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">
        <Words k="status.history" />
      </h2>
      <Timeline
        entries={events.flatMap((event) =>
          isOfTheOffice(event)
            ? []
            : [
                {
                  title: <Words k={`status.event.${event.type}`} />,
                  moment: <Moment at={event.at} timeZone={timeZone} />,
                  body: <EventBody event={event} file={file} />,
                },
              ],
        )}
      />
    </section>
  )
}

const ofTheOffice = [
  'letter_requeued',
  'letter_found_gone',
  'letters_requeued',
  'letters_found_gone',
  'no_answer_needed',
  'handed_over',
  'note_added',
  'duplicate_joined',
  'royalty_changed',
  'mail_kept',
  'letter_bounced',
  'fields_corrected',
] as const
type OfTheOffice = Extract<TakedownEvent, { type: (typeof ofTheOffice)[number] }>

/** What only staff need to know. */
const isOfTheOffice = (event: TakedownEvent): event is OfTheOffice =>
  ofTheOffice.some((type) => type === event.type)

function EventBody({ event, file }: { event: TakedownEvent; file: TakedownFile }) {
  if (!('messageId' in event.detail)) return null
  const { messageId } = event.detail
  const message = file.messages.find((candidate) => candidate.id === messageId)
  const files = 'files' in event.detail ? event.detail.files : 0
  return (
    <>
      {message && message.body !== '' && (
        <blockquote class="person-text">
          <Prose>{message.body}</Prose>
        </blockquote>
      )}
      {files > 0 && (
        <p class="hint">
          <Words k="status.event.files" count={files} />
        </p>
      )}
    </>
  )
}
