import type { MessageKey } from '../../src/i18n/messages.ts'
import type { AskedField } from '../../src/takedowns/asked-fields.ts'
import type { TakedownEvent } from '../../src/takedowns/events.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Banner } from '../components/banner.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Prose } from '../components/prose.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'
import { Ball } from './ball.tsx'
import type { KeptFile } from './form-model.ts'
import { KeepTheKey } from './keep-the-key.tsx'
import { MessageForm } from './message-form.tsx'
import { NotNow } from './not-now.tsx'
import { ReportedPages } from './reported-pages.tsx'
import { SentEvidence, SentValues } from './sent-values.tsx'
import { StatusHistory } from './status-history.tsx'
import { WithdrawForm } from './withdraw-form.tsx'

export interface StatusPageProps {
  site: Site
  timeZone: string
  now: number
  file: TakedownFile
  events: readonly TakedownEvent[]
  accessKey: string
  statusUrl: string
  mayWithdraw: boolean
  /** Idempotency key of the message form. */
  messageKey: string
  limits: { maxFiles: number; maxUploadMb: number }
  errors: readonly {
    field: 'body' | 'screenshot' | 'sure' | `asked-${AskedField}`
    key: MessageKey
    params?: Record<string, string | number>
  }[]
  body: string
  /** What was typed into the fields that the office asked for. */
  asked: Partial<Record<AskedField, string>>
  kept: readonly KeptFile[]
  /** Why what was sent cannot be taken now. */
  notice?: MessageKey
}

/** The claimant's page: confirmation, status, history, and the way to answer. */
export function StatusPage(props: StatusPageProps) {
  const { t } = useWords()
  const { site, file, errors, timeZone } = props
  const { reference } = file.takedown
  const path = `takedowns/${reference}`
  return (
    <Layout
      title={t('status.title')}
      errors={errors.map(({ field, key, params }) => ({ fieldId: field, sentence: { key, params } }))}
      site={site}
      path={(locale) => `/${locale}/${path}`}
      variant="public"
      scripts={['status.js']}
    >
      {props.notice && <NotNow notice={{ key: props.notice }} infoAddress={site.infoAddress} />}
      <h1>
        <Words k="status.title" />
      </h1>
      <Standing {...props} />
      <KeepTheKey {...props} />
      <ReportedPages file={file} timeZone={timeZone} />
      <SentValues file={file} />
      <SentEvidence file={file} />
      <StatusHistory {...props} />
      <MessageForm {...props} />
      {props.mayWithdraw && (
        <WithdrawForm reference={reference} error={errors.find(({ field }) => field === 'sure')} />
      )}
    </Layout>
  )
}

function Standing({ file, timeZone, now }: StatusPageProps) {
  const { takedown } = file
  const { status } = takedown
  return (
    <section class="card" aria-labelledby="standing">
      {status === 'received' && (
        <Banner tone="ok" title={<Words k="status.received.title" />}>
          <p>
            <Words
              k="status.received.words"
              moment={<Moment at={takedown.receivedAt} timeZone={timeZone} />}
            />
          </p>
          {takedown.email && (
            <p>
              <Words k="status.received.mail" address={<Ltr>{takedown.email}</Ltr>} />
            </p>
          )}
        </Banner>
      )}
      <h2 id="standing">
        <Words k="status.now" />
      </h2>
      <p class="standing">
        <StatusTag status={status} reader="claimant" />
      </p>
      <p>
        <Ball file={file} />
      </p>
      {status === 'awaiting_claimant' && <OpenQuestion file={file} />}
      <Due file={file} timeZone={timeZone} now={now} />
      <SummaryList
        rows={[
          { term: <Words k="status.reference" />, detail: <Ltr>{takedown.reference}</Ltr> },
          {
            term: <Words k="status.receipt.moment" />,
            detail: <Moment at={takedown.receivedAt} timeZone={timeZone} />,
          },
        ]}
      />
    </section>
  )
}

/** What we asked last, where nobody can miss it, with the way to the answer. */
function OpenQuestion({ file }: Pick<StatusPageProps, 'file'>) {
  const question = file.messages.findLast((message) => message.author === 'staff')
  if (!question) return null
  return (
    <>
      <blockquote class="person-text">
        <Prose>{question.body}</Prose>
      </blockquote>
      <p>
        <a class="button button-primary" href="#write">
          <Words k="status.answer" />
        </a>
      </p>
    </>
  )
}

function Due({ file, timeZone, now }: Pick<StatusPageProps, 'file' | 'timeZone' | 'now'>) {
  const { status, dueAt } = file.takedown
  if (status === 'awaiting_claimant') {
    return (
      <p>
        <Words k="status.due.paused" />
      </p>
    )
  }
  if (status !== 'received' && status !== 'in_review') return null
  return (
    <p>
      <Words
        k={dueAt < now ? 'status.due.late' : 'status.due'}
        moment={<Moment at={dueAt} timeZone={timeZone} precision="day" />}
      />
    </p>
  )
}
