import { readAsked } from '../../src/takedowns/asked-fields.ts'
import { wordingOf } from '../../src/takedowns/licence-terms.ts'
import { isOffered } from '../../src/takedowns/offers.ts'
import { isSettled } from '../../src/takedowns/outcomes.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import type { ReportedPage, TakedownFile } from '../../src/takedowns/store.ts'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { Prose } from '../components/prose.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { UseStateTag } from '../components/use-state-tag.tsx'
import { Ball } from '../public/ball.tsx'
import { Words } from '../words.tsx'

interface StatusPreviewProps {
  after: TakedownFile
  message: string | null
  timeZone: string
}

/** The words of the claimant's status page that an act changes, in the claimant's language, without its forms. */
export function StatusPreview({ after, message, timeZone }: StatusPreviewProps) {
  const { status } = after.takedown
  return (
    <>
      <p>
        <StatusTag status={status} reader="claimant" />
      </p>
      <p>
        <Ball file={after} />
      </p>
      {message && (
        <blockquote class="person-text">
          <Prose>{message}</Prose>
        </blockquote>
      )}
      {message && <AskedList takedown={after.takedown} />}
      {after.pages.some((page) => page.outcome) && (
        <ol class="page-list">
          {after.pages.map((page) => (
            <li key={page.id}>
              <PagePreview page={page} after={after} timeZone={timeZone} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

/** The fields that the status page will offer. */
function AskedList({ takedown }: { takedown: TakedownFile['takedown'] }) {
  const asked = readAsked(takedown.askedFields)
  if (asked.length === 0) return null
  return (
    <>
      <p>
        <Words k="status.asked.title" />
      </p>
      <ul>
        {asked.map((field) => (
          <li key={field}>
            <Words k={`asked.${field}`} />
          </li>
        ))}
      </ul>
    </>
  )
}

interface PagePreviewProps {
  page: ReportedPage
  after: TakedownFile
  timeZone: string
}

function PagePreview({ page, after, timeZone }: PagePreviewProps) {
  const { outcome } = page
  const words = wordingOf(after.takedown.locale, page, after.licences)
  const isDone = isSettled(page)
  return (
    <>
      <p class="long-value page-address">
        <Ltr>{readableUrl(page.canonicalUrl)}</Ltr>
      </p>
      <p>
        <UseStateTag useState={page.useState} />
      </p>
      {outcome && (
        <p>
          <Words k={isDone ? 'status.page.outcome' : 'status.page.planned'} />
          {': '}
          {isDone && (outcome === 'removed' || outcome === 'replaced') ? (
            <Words
              k={`outcome.${outcome}`}
              date={<Moment at={page.useStateAt} timeZone={timeZone} precision="day" />}
            />
          ) : (
            <Words k={`common.outcome.${outcome}`} />
          )}
        </p>
      )}
      {page.keptGround && (
        <p>
          <Words k={`ground.${page.keptGround}`} />
        </p>
      )}
      {isOffered(page) && (
        <p>
          <Words k={outcome === 'licensed' ? 'status.accept.licensed' : 'status.accept.credited'} />
        </p>
      )}
      {words && (
        <blockquote class="person-text">
          <Person>{words}</Person>
        </blockquote>
      )}
    </>
  )
}
