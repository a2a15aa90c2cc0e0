import { Button } from '../components/button.tsx'
import { Words } from '../words.tsx'

/** Letters that wait since a restore: why, and what can be decided on all of them at once. */
export const HeldCard = ({ count, mayAct }: { count: number; mayAct: boolean }) => (
  <section class="card" aria-labelledby="held">
    <h2 id="held">
      <Words k="staff.mail.heldTitle" count={count} />
    </h2>
    <p>
      <Words k="staff.mail.heldAll" />
    </p>
    {mayAct && (
      <>
        <ForAll outcome="gone" address="/staff/mail/departures" count={count} />
        <ForAll outcome="again" address="/staff/mail/requeues" count={count} />
      </>
    )}
  </section>
)

interface ForAllProps {
  outcome: 'gone' | 'again'
  address: string
  count: number
}

/** Two steps, because nothing undoes it. */
const ForAll = ({ outcome, address, count }: ForAllProps) => (
  <details>
    <summary>
      <Words k={`staff.mail.all.${outcome}`} />
    </summary>
    <form method="post" action={address}>
      <p>
        <Words k={`staff.mail.all.${outcome}.hint`} />
      </p>
      <Button kind="secondary">
        <Words k={`staff.mail.all.${outcome}.go`} count={count} />
      </Button>
    </form>
  </details>
)
