import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'

interface CurrentPasswordProps {
  /** Where several forms of a page ask for it, each has its own. */
  id?: string
  /** In a form about somebody else it is said whose password is asked for, and why. */
  isAboutOthers?: boolean
  error: Sentence | undefined
}

/** The reader's password once more. */
export const CurrentPassword = ({ id = 'current', isAboutOthers = false, error }: CurrentPasswordProps) => (
  <TextField
    id={id}
    name="current"
    type="password"
    label={<Words k={isAboutOthers ? 'people.ownPassword' : 'settings.password.current'} />}
    hint={isAboutOthers ? <Words k="people.ownPasswordHint" /> : undefined}
    autocomplete="current-password"
    error={error}
  />
)

/** Tells a password manager whose password the form asks for. */
export const PasswordOwner = ({ email }: { email: string }) => (
  <input type="hidden" name="username" autocomplete="username" value={email} />
)
