import { Words } from '../words.tsx'
import { CorrectionForm } from './correction-form.tsx'
import { FoundValues, MailWords } from './incoming-mail.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

/** Of a takedown that came by mail: its words beside what was understood of them, and the way to put that right. */
export function MailCard(props: TakedownPageProps) {
  const { casework } = props
  const first = casework.mails.find(({ mail }) => mail.standing === 'takedown')
  if (!first?.found) return null
  return (
    <section class="card" aria-labelledby="mail-card">
      <h2 id="mail-card">
        <Words k="case.mail.title" />
      </h2>
      <MailWords found={first.found} />
      <FoundValues found={first.found} />
      <p>
        <a href={`/staff/inbox/${first.mail.id}`}>
          <Words k="case.mail.open" />
        </a>
      </p>
      {casework.mayAct && <CorrectionForm {...props} />}
    </section>
  )
}
