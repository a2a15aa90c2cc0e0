import { wordingOf } from '../../src/takedowns/licence-terms.ts'
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
    {file.pages.length === 0 && (
      <p>
        <Words k="status.sent.none" />
      </p>
    )}
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
          {page.outcome && <PageOutcome page={page} file={file} timeZone={timeZone} />}
          {isOffered(page) && file.takedown.status === 'decided' && <Offer page={page} file={file} />}
        </li>
      ))}
    </ol>
  </section>
)

interface OutcomeProps {
  page: ReportedPage
  file: TakedownFile
}

function PageOutcome({ page, file, timeZone }: OutcomeProps & { timeZone: string }) {
  const { outcome } = page
  const words = wordingOf(file.takedown.locale, page, file.licences)
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
      {words && !isOffered(page) && (
        <>
          <dt>
            <Words k={file.licences.has(page.id) ? 'letter.decision.terms' : 'status.page.reason'} />
          </dt>
          <dd class="person-text">
            <Person>{words}</Person>
          </dd>
        </>
      )}
    </dl>
  )
}

/** The words are in the language of the takedown, whatever the page's: they are what is agreed to. */
function Offer({ page, file }: OutcomeProps) {
  const { locale } = useWords()
  const { takedown, licences } = file
  const words = wordingOf(takedown.locale, page, licences)
  return (
    <form class="offer" method="post" action={`/${locale}/takedowns/${takedown.reference}/acceptance`}>
      <p>
        <Words k={page.outcome === 'licensed' ? 'status.accept.licensed' : 'status.accept.credited'} />
      </p>
      {words && (
        <blockquote class="person-text">
          <Person>{words}</Person>
        </blockquote>
      )}
      <input type="hidden" name="page" value={page.id} />
      <input type="hidden" name="terms" value={words ?? ''} />
      <Button>
        <Words k="status.accept.button" />
      </Button>
      <p class="hint">
        <Words k="status.accept.else" />
      </p>
    </form>
  )
}
