import { MailAddress } from '../components/mail-address.tsx'
import { Words } from '../words.tsx'

/** The site's notice in short: what it rests on, what to give, what happens next, by when. */
export const FormNotice = ({ decisionDays, infoAddress }: { decisionDays: number; infoAddress: string }) => (
  <section class="aside form-notice" aria-labelledby="next-title">
    <p class="small">
      <Words k="form.notice.law" />
    </p>
    <p>
      <b>
        <Words k="form.notice.give" />
      </b>
    </p>
    <h2 id="next-title">
      <Words k="form.next.title" />
    </h2>
    <ol class="steps">
      <li>
        <Words k="form.next.recorded" />
      </li>
      <li>
        <Words k="form.next.looked" />
      </li>
      <li>
        <Words k="form.next.decided" count={decisionDays} />
      </li>
    </ol>
    <p class="small">
      <Words k="form.otherWay" address={<MailAddress address={infoAddress} />} />
    </p>
  </section>
)
