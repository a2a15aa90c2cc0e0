import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Ltr } from '../components/ltr.tsx'
import { QrCode } from '../components/qr-code.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { CurrentPassword, PasswordOwner } from './current-password.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'

interface SecondFactorPageProps {
  desk: Desk
  email: string
  /** Base32, for an app that cannot scan. */
  secret: string
  /** The same sealed, which comes back with the form. */
  offer: string
  /** otpauth: address of the secret. */
  uri: string
  isRequired: boolean
  errors: readonly SummaryError[]
}

/** An app is given the secret, and shows that it has it. */
export function SecondFactorPage({
  desk,
  email,
  secret,
  offer,
  uri,
  isRequired,
  errors,
}: SecondFactorPageProps) {
  const { t } = useWords()
  const title = t('secondFactor.setUp')
  const errorAt = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.sentence
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="settings">
      {isRequired && (
        <Banner tone="warn" role="status">
          <p>
            <Words k="secondFactor.required" />
          </p>
        </Banner>
      )}
      <h1>{title}</h1>
      <form class="card narrow" method="post" action="/staff/settings/second-factor" novalidate>
        <h2>
          <Words k="secondFactor.scan" />
        </h2>
        <p>
          <Words k="secondFactor.scanHint" />
        </p>
        <QrCode text={uri} label={t('secondFactor.qr')} />
        <p>
          <a href={uri}>
            <Words k="secondFactor.link" />
          </a>
        </p>
        <p>
          <Words k="secondFactor.type" />
        </p>
        <p class="new-password">
          <code>
            <Ltr>{secret.replace(/.{4}(?=.)/g, '$& ')}</Ltr>
          </code>
        </p>
        <h2>
          <Words k="secondFactor.show" />
        </h2>
        <input type="hidden" name="offer" value={offer} />
        <PasswordOwner email={email} />
        <TextField
          id="code"
          name="code"
          type="code"
          label={<Words k="secondFactor.code" />}
          hint={<Words k="signInCode.appHint" />}
          autocomplete="one-time-code"
          error={errorAt('code')}
        />
        <CurrentPassword error={errorAt('current')} />
        <Button>
          <Words k="secondFactor.turnOn" />
        </Button>
      </form>
    </DeskLayout>
  )
}
