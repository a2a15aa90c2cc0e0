import type { TakedownEvent } from '../../src/takedowns/events.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { Timeline } from '../components/timeline.tsx'
import { Words } from '../words.tsx'

interface StaffHistoryProps {
  file: TakedownFile
  events: readonly TakedownEvent[]
  timeZone: string
}

export const StaffHistory = ({ file, events, timeZone }: StaffHistoryProps) => (
  <section class="card" aria-labelledby="history">
    <h2 id="history">
      <Words k="staff.case.history" />
    </h2>
    <Timeline
      entries={events.map((event) => ({
        title: (
          <>
            <Words k={`staff.event.${event.type}`} />{' '}
            {event.staffName && <Words k="staff.event.by" name={<Person>{event.staffName}</Person>} />}
          </>
        ),
        moment: <Moment at={event.at} timeZone={timeZone} />,
        body: <EventBody event={event} file={file} />,
      }))}
    />
  </section>
)

function EventBody({ event, file }: { event: TakedownEvent; file: TakedownFile }) {
  const text = textOf(event, file)
  if (!text) return null
  return (
    <blockquote class="person-text">
      <Person>{text}</Person>
    </blockquote>
  )
}

/** What was said in it: a message, the reason of a reopening, the terms agreed to. */
function textOf(event: TakedownEvent, file: TakedownFile): string | undefined {
  if (event.type === 'reopened') return event.detail.reason
  if (event.type === 'terms_accepted') return event.detail.terms
  if (!('messageId' in event.detail)) return undefined
  const { messageId } = event.detail
  return file.messages.find((message) => message.id === messageId)?.body
}
