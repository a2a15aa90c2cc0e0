import { MailAddress } from '../components/mail-address.tsx'
import { useWords, Words } from '../words.tsx'

/** The notice at collection (Privacy Protection Law, section 11): why, whether one must, who sees it, one's rights. */
export function FormPrivacy({ site }: { site: { name: string; infoAddress: string } }) {
  const { locale, t } = useWords()
  return (
    <section class="privacy" aria-labelledby="privacy-title">
      <h2 id="privacy-title">
        <Words k="form.privacy.title" />
      </h2>
      <p>
        <Words k="form.privacy.why" site={<bdi>{site.name}</bdi>} /> <Words k="form.privacy.duty" />
      </p>
      <p>
        <Words k="form.privacy.who" />
      </p>
      <p>
        <Words
          k="form.privacy.rights"
          address={<MailAddress address={site.infoAddress} />}
          notice={<a href={`/${locale}/privacy`}>{t('form.privacy.notice')}</a>}
        />
      </p>
    </section>
  )
}
