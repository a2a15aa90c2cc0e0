import { showAccessKey } from '../../src/takedowns/access-key.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import { QrCode } from '../components/qr-code.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { useWords, Words } from '../words.tsx'

interface KeepTheKeyProps {
  file: TakedownFile
  accessKey: string
  statusUrl: string
}

/** The only way back for who gave no email: link, key, code to scan, print. */
export function KeepTheKey({ file, accessKey, statusUrl }: KeepTheKeyProps) {
  const { t, locale } = useWords()
  const { reference, email } = file.takedown
  return (
    <section class="card keep" aria-labelledby="keep">
      <h2 id="keep">
        <Words k="status.keep.title" />
      </h2>
      <p>
        <Words k="status.keep.words" />
      </p>
      {!email && (
        <p>
          <strong>
            <Words k="status.keep.noEmail" />
          </strong>
        </p>
      )}
      <div class="keep-body">
        <div>
          <SummaryList
            rows={[
              {
                term: <Words k="status.keep.link" />,
                detail: (
                  <span class="long-value" data-copy-source>
                    <Ltr>{statusUrl}</Ltr>
                  </span>
                ),
              },
              {
                term: <Words k="status.keep.key" />,
                detail: (
                  <span class="long-value">
                    <Ltr>{showAccessKey(accessKey)}</Ltr>
                  </span>
                ),
              },
            ]}
          />
          <div class="button-row">
            <Button
              kind="secondary"
              type="button"
              hidden
              data-copy={statusUrl}
              data-words-copied={t('status.keep.copied')}
            >
              <Words k="status.keep.copy" />
            </Button>
            <Button kind="secondary" type="button" hidden data-print>
              <Words k="status.keep.print" />
            </Button>
            <a class="button button-secondary" href={`/${locale}/takedowns/${reference}/receipt`}>
              <Icon name="lock" />
              <Words k="status.keep.receipt" />
            </a>
          </div>
          <p class="visually-hidden" role="status" data-copy-result />
        </div>
        <figure class="keep-code">
          <QrCode text={statusUrl} label={t('status.keep.qr')} />
          <figcaption class="hint">
            <Words k="status.keep.qrWords" />
          </figcaption>
        </figure>
      </div>
    </section>
  )
}
