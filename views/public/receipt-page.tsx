import { formatBytes } from '../../src/i18n/format.ts'
import type { ReportedPage, Screenshot, Takedown } from '../../src/takedowns/store.ts'
import { Button } from '../components/button.tsx'
import { FileName } from '../components/file-name.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

export interface ReceiptPageProps {
  site: Site
  timeZone: string
  takedown: Takedown
  pages: readonly ReportedPage[]
  screenshots: readonly Screenshot[]
  /** JWS, compact. */
  receipt: string
}

/** The signed statement of what was received when, made to be printed. */
export function ReceiptPage({ site, timeZone, takedown, pages, screenshots, receipt }: ReceiptPageProps) {
  const { t, locale } = useWords()
  const address = `takedowns/${takedown.reference}/receipt`
  return (
    <Layout
      title={t('status.receipt.title')}
      site={site}
      path={(other) => `/${other}/${address}`}
      variant="public"
      scripts={['status.js']}
    >
      <h1>
        <Words k="status.receipt.title" />
      </h1>
      <p>
        <Words k="status.receipt.words" site={site.name} />
      </p>
      <section class="card">
        <SummaryList
          rows={[
            { term: <Words k="status.reference" />, detail: <Ltr>{takedown.reference}</Ltr> },
            {
              term: <Words k="status.receipt.moment" />,
              detail: <Moment at={takedown.receivedAt} timeZone={timeZone} />,
            },
            {
              term: <Words k="status.receipt.utc" />,
              detail: <Ltr>{new Date(takedown.receivedAt).toISOString()}</Ltr>,
            },
            { term: <Words k="status.sent.name" />, detail: <Person>{takedown.claimantName}</Person> },
            { term: <Words k="status.sent.phone" />, detail: <Ltr>{takedown.phoneTyped}</Ltr> },
            {
              term: <Words k="letter.pages" count={pages.length} />,
              detail: pages.map((page) => (
                <div class="long-value" key={page.id}>
                  <Ltr>{page.reportedUrl}</Ltr>
                </div>
              )),
            },
            {
              term: <Words k="letter.files" count={screenshots.length} />,
              detail: screenshots.map((shot) => (
                <div key={shot.id}>
                  <FileName>{shot.fileName}</FileName> <Ltr>{formatBytes(shot.bytes)}</Ltr>
                  <div class="hash">
                    <span class="hint">SHA-256</span> <Ltr>{shot.sha256}</Ltr>
                  </div>
                </div>
              )),
            },
          ]}
        />
      </section>
      <section class="card" aria-labelledby="signature">
        <h2 id="signature">
          <Words k="status.receipt.signature" />
        </h2>
        <p class="hash">
          <Ltr>{receipt}</Ltr>
        </p>
        <div class="button-row">
          <Button kind="secondary" type="button" hidden data-print>
            <Words k="status.keep.print" />
          </Button>
          <a
            class="button button-secondary"
            href={`/${locale}/${address}.json`}
            download={`${takedown.reference}.json`}
          >
            <Words k="status.receipt.download" />
          </a>
          <a class="button button-secondary" href={`/${locale}/verify`}>
            <Words k="status.receipt.verify" />
          </a>
        </div>
      </section>
    </Layout>
  )
}
