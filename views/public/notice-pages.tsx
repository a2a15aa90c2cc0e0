import type { PlainKey } from '../../src/i18n/messages.ts'
import { MailAddress } from '../components/mail-address.tsx'
import { Moment } from '../components/moment.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

const sections = [
  ['notice.privacy.what', 'notice.privacy.what.words'],
  ['notice.privacy.share', 'notice.privacy.share.words'],
  ['notice.privacy.long', 'notice.privacy.long.words'],
  ['notice.privacy.rights', 'notice.privacy.rights.words'],
  ['notice.privacy.device', 'notice.privacy.device.words'],
] as const satisfies readonly (readonly [PlainKey, PlainKey])[]

/** The whole privacy notice; the form carries it in short. */
export function PrivacyPage({ site, version }: { site: Site; version: string }) {
  const { t } = useWords()
  return (
    <Layout
      title={t('notice.privacy.title')}
      site={site}
      path={(locale) => `/${locale}/privacy`}
      variant="public"
    >
      <div class="column prose">
        <h1>
          <Words k="notice.privacy.title" />
        </h1>
        <h2>
          <Words k="notice.privacy.who" />
        </h2>
        <p>
          <Words
            k="notice.privacy.who.words"
            site={site.name}
            address={<MailAddress address={site.infoAddress} />}
          />
        </p>
        <p>
          <Words k="notice.privacy.must" />
        </p>
        {sections.map(([heading, words]) => (
          <section key={heading}>
            <h2>
              <Words k={heading} />
            </h2>
            <p>
              <Words k={words} />
            </p>
          </section>
        ))}
        <p class="hint">
          <Words
            k="notice.privacy.version"
            date={<Moment at={Date.parse(version)} timeZone="UTC" precision="day" />}
          />
        </p>
      </div>
    </Layout>
  )
}

export function AccessibilityPage({ site }: { site: Site }) {
  const { t } = useWords()
  return (
    <Layout
      title={t('notice.accessibility.title')}
      site={site}
      path={(locale) => `/${locale}/accessibility`}
      variant="public"
    >
      <div class="column prose">
        <h1>
          <Words k="notice.accessibility.title" />
        </h1>
        <p>
          <Words k="notice.accessibility.aim" />
        </p>
        <p>
          <Words k="notice.accessibility.how" />
        </p>
        <p>
          <Words k="notice.accessibility.checked" />
        </p>
        <p>
          <Words k="notice.accessibility.tell" address={<MailAddress address={site.infoAddress} />} />
        </p>
      </div>
    </Layout>
  )
}
