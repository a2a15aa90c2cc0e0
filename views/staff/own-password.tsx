import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'

interface OwnPasswordProps {
  /** Of the reader: tells a password manager whose password is asked for. */
  email: string
  error: Sentence | undefined
}

/** The reader's own password once more, in a form about somebody else. */
export const OwnPassword = ({ email, error }: OwnPasswordProps) => (
  <>
    <input type="hidden" name="username" autocomplete="username" value={email} />
    <TextField
      id="current"
      name="current"
      type="password"
      label={<Words k="people.ownPassword" />}
      hint={<Words k="people.ownPasswordHint" />}
      autocomplete="current-password"
      error={error}
    />
  </>
)
