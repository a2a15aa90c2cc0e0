import type { VerifiedReceipt } from '../../src/takedowns/receipt.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

export interface VerifyPageProps {
  site: Site
  timeZone: string
  typed: string
  result?: VerifiedReceipt
}

/** Is this receipt genuine? */
export function VerifyPage({ site, timeZone, typed, result }: VerifyPageProps) {
  const { t, locale } = useWords()
  const isUnreadable = result?.ok === false && result.fault === 'malformed'
  const error = isUnreadable ? ({ key: 'status.verify.unreadable' } as const) : undefined
  const title = t('status.verify.title')
  return (
    <Layout
      title={title}
      errors={error ? [{ fieldId: 'receipt', sentence: error }] : []}
      site={site}
      path={(other) => `/${other}/verify`}
      variant="public"
    >
      <h1>{title}</h1>
      {result && !isUnreadable && <Verdict result={result} timeZone={timeZone} />}
      <p>
        <Words k="status.verify.words" />
      </p>
      <form class="card" method="post" action={`/${locale}/verify`} novalidate>
        <Field id="receipt" label={<Words k="status.verify.field" />} error={error}>
          {(control) => (
            <textarea {...control} class="input hash" name="receipt" rows={8} dir="ltr" spellcheck={false}>
              {typed}
            </textarea>
          )}
        </Field>
        <Button>
          <Words k="status.verify.button" />
        </Button>
      </form>
    </Layout>
  )
}

const Verdict = ({ result, timeZone }: { result: VerifiedReceipt; timeZone: string }) =>
  result.ok ? (
    <section class="card">
      <Banner tone="ok" role="status">
        <p>
          <Words k="status.verify.good" />
        </p>
      </Banner>
      <SummaryList
        rows={[
          { term: <Words k="status.reference" />, detail: <Ltr>{result.statement.reference}</Ltr> },
          {
            term: <Words k="status.receipt.moment" />,
            detail: <Moment at={Date.parse(result.statement.receivedAt)} timeZone={timeZone} />,
          },
          { term: <Words k="status.sent.name" />, detail: <Person>{result.statement.claimant.name}</Person> },
          {
            term: <Words k="letter.pages" count={result.statement.pages.length} />,
            detail: result.statement.pages.map((page) => (
              <div class="long-value" key={page.canonical}>
                <Ltr>{page.reported}</Ltr>
              </div>
            )),
          },
        ]}
      />
    </section>
  ) : (
    <Banner tone="danger" role="alert">
      <p>
        <Words k="status.verify.bad" />
      </p>
    </Banner>
  )
