import { isOffered } from '../../src/takedowns/offers.ts'
import { isSettled } from '../../src/takedowns/outcomes.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import type { ReportedPage, TakedownFile } from '../../src/takedowns/store.ts'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { UseStateTag } from '../components/use-state-tag.tsx'
import { useWords, Words } from '../words.tsx'

/** Each page with its use state and, once there is one, its outcome. */
export const ReportedPages = ({ file, timeZone }: { file: TakedownFile; timeZone: string }) => (
  <section class="card" aria-labelledby="pages">
    <h2 id="pages">
      <Words k="status.pages" count={file.pages.length} />
    </h2>
    <ol class="page-list">
      {file.pages.map((page) => (
        <li key={page.id}>
          <p class="long-value page-address">
            <Ltr>{readableUrl(page.canonicalUrl)}</Ltr>
          </p>
          <p>
            <UseStateTag useState={page.useState} />{' '}
            <span class="hint">
              <Words
                k="status.page.since"
                moment={<Moment at={page.useStateAt} timeZone={timeZone} precision="day" />}
              />
            </span>
          </p>
          {page.outcome && <PageOutcome page={page} timeZone={timeZone} />}
          {isOffered(page) && file.takedown.status === 'decided' && (
            <Offer page={page} reference={file.takedown.reference} />
          )}
        </li>
      ))}
    </ol>
  </section>
)

function PageOutcome({ page, timeZone }: { page: ReportedPage; timeZone: string }) {
  const { outcome } = page
  if (!outcome) return null
  const isDone = isSettled(page)
  return (
    <dl class="page-outcome">
      <dt>
        <Words k={isDone ? 'status.page.outcome' : 'status.page.planned'} />
      </dt>
      <dd>
        {isDone && (outcome === 'removed' || outcome === 'replaced') ? (
          <Words
            k={`outcome.${outcome}`}
            date={<Moment at={page.useStateAt} timeZone={timeZone} precision="day" />}
          />
        ) : (
          <Words k={`common.outcome.${outcome}`} />
        )}
        {page.keptGround && (
          <p>
            <Words k={`ground.${page.keptGround}`} />
          </p>
        )}
      </dd>
      {page.reason && !isOffered(page) && (
        <>
          <dt>
            <Words k="status.page.reason" />
          </dt>
          <dd class="person-text">
            <Person>{page.reason}</Person>
          </dd>
        </>
      )}
    </dl>
  )
}

function Offer({ page, reference }: { page: ReportedPage; reference: string }) {
  const { locale } = useWords()
  return (
    <form class="offer" method="post" action={`/${locale}/takedowns/${reference}/acceptance`}>
      <p>
        <Words k={page.outcome === 'licensed' ? 'status.accept.licensed' : 'status.accept.credited'} />
      </p>
      {page.reason && (
        <blockquote class="person-text">
          <Person>{page.reason}</Person>
        </blockquote>
      )}
      <input type="hidden" name="page" value={page.id} />
      <input type="hidden" name="terms" value={page.reason ?? ''} />
      <Button>
        <Words k="status.accept.button" />
      </Button>
      <p class="hint">
        <Words k="status.accept.else" />
      </p>
    </form>
  )
}
