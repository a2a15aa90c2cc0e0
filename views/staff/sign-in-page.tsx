import { Button } from '../components/button.tsx'
import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

interface SignInPageProps {
  site: Site
  email: string
  /** Where to go after; a path of the desk. */
  next: string
  error?: Sentence
}

export function SignInPage({ site, email, next, error }: SignInPageProps) {
  const { t, locale } = useWords()
  const title = t('staff.signIn.title')
  return (
    <Layout
      title={title}
      errors={error ? [{ fieldId: 'email', sentence: error }] : []}
      site={site}
      path={(locale) => `/staff/sign-in?locale=${locale}&next=${encodeURIComponent(next)}`}
      variant="staff"
    >
      <h1>{title}</h1>
      <form class="card narrow" method="post" action={`/staff/sign-in?locale=${locale}`} novalidate>
        <input type="hidden" name="next" value={next} />
        <TextField
          id="email"
          name="email"
          type="email"
          label={<Words k="staff.signIn.email" />}
          value={email}
          autocomplete="username"
          error={error}
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
