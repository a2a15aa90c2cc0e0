import { Button } from '../components/button.tsx'
import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

interface SignInCodePageProps {
  site: Site
  /** Recovery codes have letters: the keyboard of a phone must have them too. */
  isRecovery: boolean
  error?: Sentence
}

/** The second half of a sign-in. */
export function SignInCodePage({ site, isRecovery, error }: SignInCodePageProps) {
  const { t, locale } = useWords()
  const title = t('signInCode.title')
  const kind = isRecovery ? 'recovery' : 'app'
  const other = isRecovery ? 'app' : 'recovery'
  return (
    <Layout
      title={title}
      errors={error ? [{ fieldId: 'code', sentence: error }] : []}
      site={site}
      path={(locale) => `/staff/sign-in/code?locale=${locale}&with=${kind}`}
      variant="staff"
    >
      <h1>{title}</h1>
      <form class="card narrow" method="post" action={`/staff/sign-in?locale=${locale}`} novalidate>
        <input type="hidden" name="with" value={kind} />
        <TextField
          id="code"
          name="code"
          type={isRecovery ? 'key' : 'code'}
          label={<Words k={`signInCode.${kind}`} />}
          hint={<Words k={`signInCode.${kind}Hint`} />}
          autocomplete={isRecovery ? 'off' : 'one-time-code'}
          error={error}
        />
        <Button>
          <Words k="staff.signIn.button" />
        </Button>
      </form>
      <p>
        <a href={`/staff/sign-in/code?with=${other}`}>
          <Words k={`signInCode.${other}Link`} />
        </a>
      </p>
      <p>
        <a href="/staff/sign-in">
          <Words k="signInCode.startAgain" />
        </a>
      </p>
    </Layout>
  )
}
