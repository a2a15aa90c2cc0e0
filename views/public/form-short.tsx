import { Banner } from '../components/banner.tsx'
import { MailAddress } from '../components/mail-address.tsx'
import { Words } from '../words.tsx'

/** Above a form that could not be taken if it were sent now: the other way, before anybody has typed. */
export const FormShort = ({ infoAddress }: { infoAddress: string }) => (
  <Banner tone="warn" role="status" title={<Words k="form.short.title" />}>
    <p>
      <Words k="form.short" address={<MailAddress address={infoAddress} />} />
    </p>
  </Banner>
)
