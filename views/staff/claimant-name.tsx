import { Person } from '../components/person.tsx'
import { Words } from '../words.tsx'

/** Mail need not say who wrote it. */
export const ClaimantName = ({ name }: { name: string }) =>
  name ? (
    <Person>{name}</Person>
  ) : (
    <span class="hint">
      <Words k="case.mail.unnamed" />
    </span>
  )
