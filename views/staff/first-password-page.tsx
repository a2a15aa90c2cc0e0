import { Banner } from '../components/banner.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Moment } from '../components/moment.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { PasswordForm } from './password-form.tsx'

interface FirstPasswordPageProps {
  desk: Desk
  email: string
  /** When the first password ends: milliseconds since the epoch. */
  until: number
  leastPasswordLength: number
  errors: readonly SummaryError[]
}

/** Before the desk opens: a password of one's own in place of the one that was given. */
export function FirstPasswordPage({ desk, until, errors, ...form }: FirstPasswordPageProps) {
  const { t } = useWords()
  const title = t('firstPassword.title')
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="settings">
      <Banner tone="warn" role="status">
        <p>
          <Words k="firstPassword.words" until={<Moment at={until} timeZone={desk.timeZone} />} />
        </p>
      </Banner>
      <h1>{title}</h1>
      <PasswordForm {...form} errors={errors} kind="primary" />
    </DeskLayout>
  )
}
