import type { MessageKey } from '../../src/i18n/messages.ts'
import { Ltr } from '../components/ltr.tsx'
import { MailAddress } from '../components/mail-address.tsx'
import { Said } from '../components/said.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

export interface ErrorPageProps {
  site: Site
  /** The HTTP status, which the page carries. */
  status: number
  messageKey: MessageKey
  retryAfterMinutes?: number
  /** By which the log tells what happened; shown where the fault is ours. */
  requestId?: string
}

/** A refusal in plain words, when to come back, and the other way to reach the publisher. */
export function ErrorPage({ site, status, messageKey, retryAfterMinutes, requestId }: ErrorPageProps) {
  const { locale, t } = useWords()
  return (
    <Layout
      title={t('common.errorPage.title', { status })}
      site={site}
      variant="public"
      path={(other) => `/${other}`}
    >
      <div class="column error-page">
        <p class="error-status">
          <Words k="common.errorPage.title" status={status} />
        </p>
        <h1>
          <Said sentence={{ key: messageKey }} />
        </h1>
        {retryAfterMinutes !== undefined && (
          <p>
            <Words k="error.retryAfter" count={retryAfterMinutes} />
          </p>
        )}
        <p>
          <Words k="error.otherWay" address={<MailAddress address={site.infoAddress} />} />
        </p>
        {requestId !== undefined && (
          <p>
            <Words k="error.requestId" id={<Ltr>{requestId}</Ltr>} />
          </p>
        )}
        <p class="buttons">
          <a class="button button-secondary" href={`/${locale}`}>
            <Words k="common.errorPage.toForm" />
          </a>
        </p>
      </div>
    </Layout>
  )
}
