import { type Locale, locales } from '../../src/i18n/locales.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { type OpenSession, SessionsCard } from './sessions-card.tsx'

export interface SettingsPageProps {
  desk: Desk
  email: string
  settings: { locale: Locale; digestHour: number | null; usesKeys: boolean }
  leastPasswordLength: number
  /** Null where none is set. */
  factor: { readonly codesLeft: number } | null
  sessions: readonly OpenSession[]
  isSaved?: boolean
  isEnded?: boolean
  errors?: readonly SummaryError[]
}

/** How one member of staff works. */
export function SettingsPage({ desk, isSaved, isEnded, errors = [], ...props }: SettingsPageProps) {
  const { t } = useWords()
  const title = t('settings.title')
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="settings">
      {(isSaved || isEnded) && (
        <Banner tone="ok" role="status">
          <p>
            <Words k={isEnded ? 'sessions.ended' : 'settings.saved'} />
          </p>
        </Banner>
      )}
      <h1>{title}</h1>
      <SettingsForm {...props} errors={errors} />
      <PasswordForm {...props} errors={errors} kind="secondary" />
      <SecondFactorCard factor={props.factor} errors={errors} />
      <SessionsCard sessions={props.sessions} timeZone={desk.timeZone} errors={errors} />
    </DeskLayout>
  )
}

type FormProps = Pick<SettingsPageProps, 'email' | 'settings'> & {
  errors: readonly SummaryError[]
}

const errorAt = (errors: readonly SummaryError[], fieldId: string) =>
  errors.find((error) => error.fieldId === fieldId)?.sentence

const hours = Array.from({ length: 24 }, (_, hour) => hour)

const SettingsForm = ({ email, settings, errors }: FormProps) => (
  <form class="card narrow" method="post" action="/staff/settings">
    <Field id="locale" label={<Words k="settings.language" />} error={errorAt(errors, 'locale')}>
      {(control) => (
        <select class="input" {...control} name="locale">
          {locales.map((locale) => (
            <option key={locale} value={locale} selected={locale === settings.locale}>
              <Words k={`common.language.${locale}`} />
            </option>
          ))}
        </select>
      )}
    </Field>
    <Field
      id="digest"
      label={<Words k="settings.digest" />}
      hint={<Words k="settings.digestHint" email={<Ltr>{email}</Ltr>} />}
      error={errorAt(errors, 'digest')}
    >
      {(control) => (
        <select class="input" {...control} name="digest">
          <option value="none" selected={settings.digestHour === null}>
            <Words k="settings.digestNone" />
          </option>
          {hours.map((hour) => (
            <option key={hour} value={hour} selected={hour === settings.digestHour}>
              <Words k="settings.digestHour" hour={`${String(hour).padStart(2, '0')}:00`} />
            </option>
          ))}
        </select>
      )}
    </Field>
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          name="keys"
          value="on"
          checked={settings.usesKeys}
          aria-describedby="keys-hint"
        />
        <span>
          <Words k="settings.keys" />
        </span>
      </label>
      <div class="hint" id="keys-hint">
        <Words k="settings.keysHint" />
      </div>
    </div>
    <Button>
      <Words k="settings.save" />
    </Button>
  </form>
)
