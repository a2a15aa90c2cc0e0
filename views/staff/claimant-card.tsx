import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Prose } from '../components/prose.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Words } from '../words.tsx'
import { ClaimantName } from './claimant-name.tsx'

export function ClaimantCard({ file, timeZone }: { file: TakedownFile; timeZone: string }) {
  const { takedown } = file
  const { phoneTyped, phoneE164, email, statement, capacity } = takedown
  const optional = [
    capacity
      ? { term: <Words k="letter.capacity" />, detail: <Words k={`letter.capacity.${capacity}`} /> }
      : null,
    statement
      ? {
          term: <Words k="letter.statement" />,
          detail: (
            <div class="person-text">
              <Prose>{statement}</Prose>
            </div>
          ),
        }
      : null,
  ]
  return (
    <section class="card" aria-labelledby="claimant">
      <h2 id="claimant">
        <Words k="staff.case.claimant" />
      </h2>
      <SummaryList
        rows={[
          { term: <Words k="status.sent.name" />, detail: <ClaimantName name={takedown.claimantName} /> },
          {
            term: <Words k="status.sent.phone" />,
            detail: phoneTyped ? (
              <>
                {phoneE164 === null ? (
                  <Ltr>{phoneTyped}</Ltr>
                ) : (
                  <a href={`tel:${phoneE164}`}>
                    <Ltr>{phoneTyped}</Ltr>
                  </a>
                )}
                {phoneE164 && phoneE164 !== phoneTyped && (
                  <div class="hint">
                    <Ltr>{phoneE164}</Ltr>
                  </div>
                )}
              </>
            ) : (
              <Words k="status.sent.none" />
            ),
          },
          {
            term: <Words k="status.sent.email" />,
            detail: email ? <Ltr>{email}</Ltr> : <Words k="staff.case.noEmail" />,
          },
          {
            term: <Words k="staff.case.language" />,
            detail: <Words k={`common.language.${takedown.locale}`} />,
          },
          {
            term: <Words k="status.receipt.moment" />,
            detail: <Moment at={takedown.receivedAt} timeZone={timeZone} />,
          },
          ...optional.filter((row) => row !== null),
        ]}
      />
    </section>
  )
}
