import { Banner } from '../components/banner.tsx'
import { Ltr } from '../components/ltr.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'

/** Shown once, after they were made. */
export function RecoveryCodesPage({ desk, codes }: { desk: Desk; codes: readonly string[] }) {
  const { t } = useWords()
  const title = t('recoveryCodes.title')
  return (
    <DeskLayout desk={desk} title={title} current="settings">
      <Banner tone="ok" role="status">
        <p>
          <Words k="recoveryCodes.made" />
        </p>
      </Banner>
      <h1>{title}</h1>
      <div class="card narrow">
        <p>
          <Words k="recoveryCodes.words" />
        </p>
        <ul class="plain-list new-password">
          {codes.map((code) => (
            <li key={code}>
              <code>
                <Ltr>{code}</Ltr>
              </code>
            </li>
          ))}
        </ul>
      </div>
      <p>
        <a href="/staff/settings">
          <Words k="recoveryCodes.kept" />
        </a>
      </p>
    </DeskLayout>
  )
}
