import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'
import { CurrentPassword, PasswordOwner } from './current-password.tsx'

interface PasswordFormProps {
  email: string
  leastPasswordLength: number
  errors: readonly SummaryError[]
  /** Primary where it is what the page is for. */
  kind: 'primary' | 'secondary'
}

const errorAt = (errors: readonly SummaryError[], fieldId: string) =>
  errors.find((error) => error.fieldId === fieldId)?.sentence

/** The own password, changed by who knows it. */
export const PasswordForm = ({ email, leastPasswordLength, errors, kind }: PasswordFormProps) => (
  <form class="card narrow" method="post" action="/staff/settings/password">
    <h2>
      <Words k="settings.password.title" />
    </h2>
    <PasswordOwner email={email} />
    <CurrentPassword error={errorAt(errors, 'current')} />
    <TextField
      id="new-password"
      name="password"
      type="password"
      label={<Words k="settings.password.new" />}
      hint={<Words k="settings.password.hint" length={leastPasswordLength} />}
      autocomplete="new-password"
      error={errorAt(errors, 'new-password')}
    />
    <Button kind={kind}>
      <Words k="settings.password.button" />
    </Button>
  </form>
)
