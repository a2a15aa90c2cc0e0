import type { PlainKey } from '../../src/i18n/messages.ts'
import { Button } from '../components/button.tsx'
import { ErrorSummary } from '../components/error-summary.tsx'
import { TextField } from '../components/text-field.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

interface SignInPageProps {
  site: Site
  email: string
  /** Where to go after; a path of the desk. */
  next: string
  errorKey?: PlainKey
}

export function SignInPage({ site, email, next, errorKey }: SignInPageProps) {
  const { t } = useWords()
  const title = t('staff.signIn.title')
  return (
    <Layout
      title={errorKey ? t('common.errorTitle', { title }) : title}
      site={site}
      path={(locale) => `/staff/sign-in?locale=${locale}&next=${encodeURIComponent(next)}`}
      variant="staff"
    >
      <ErrorSummary errors={errorKey ? [{ fieldId: 'email', sentence: { key: errorKey } }] : []} />
      <h1>{title}</h1>
      <form class="card narrow" method="post" action="/staff/sign-in" novalidate>
        <input type="hidden" name="next" value={next} />
        <TextField
          id="email"
          name="email"
          type="email"
          label={<Words k="staff.signIn.email" />}
          value={email}
          autocomplete="username"
          {...(errorKey && { error: { key: errorKey } })}
        />
        <TextField
          id="password"
          name="password"
          type="password"
          label={<Words k="staff.signIn.password" />}
          autocomplete="current-password"
        />
        <Button>
          <Words k="staff.signIn.button" />
        </Button>
      </form>
    </Layout>
  )
}
