import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { TextField } from '../components/text-field.tsx'
import { Words } from '../words.tsx'
import { CurrentPassword } from './current-password.tsx'

interface SecondFactorCardProps {
  /** Null where none is set. */
  factor: { readonly codesLeft: number } | null
  errors: readonly SummaryError[]
}

const at = '/staff/settings/second-factor'

/** Of the settings page. */
export function SecondFactorCard({ factor, errors }: SecondFactorCardProps) {
  if (!factor) {
    return (
      <form class="card narrow" method="get" action={at}>
        <Title />
        <p>
          <Words k="secondFactor.unset" />
        </p>
        <Button kind="secondary">
          <Words k="secondFactor.setUp" />
        </Button>
      </form>
    )
  }
  const errorAt = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.sentence
  return (
    <form class="card narrow" method="post" action={`${at}/recovery-codes`} novalidate>
      <Title />
      <p>
        <Words k="secondFactor.isSet" />
      </p>
      <p>
        <Words k="secondFactor.codesLeft" left={String(factor.codesLeft)} />
      </p>
      <CurrentPassword id="factor-current" error={errorAt('factor-current')} />
      <TextField
        id="factor-code"
        name="code"
        type="key"
        label={<Words k="secondFactor.anyCode" />}
        autocomplete="one-time-code"
        error={errorAt('factor-code')}
      />
      <div class="inline-form">
        <Button kind="secondary">
          <Words k="secondFactor.renew" />
        </Button>
        <Button kind="danger" formaction={`${at}/removal`}>
          <Words k="secondFactor.remove" />
        </Button>
      </div>
    </form>
  )
}

const Title = () => (
  <h2>
    <Words k="secondFactor.title" />
  </h2>
)
