import type { MessageKey } from '../../src/i18n/messages.ts'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { TextField } from '../components/text-field.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'

interface TrackPageProps {
  site: Site
  reference: string
  errorKey?: MessageKey
}

/** Reference and access key lead to the status page. */
export function TrackPage({ site, reference, errorKey }: TrackPageProps) {
  const { t, locale } = useWords()
  const title = t('status.track.title')
  return (
    <Layout
      title={title}
      errors={errorKey ? [{ fieldId: 'reference', sentence: { key: errorKey } }] : []}
      site={site}
      path={(other) => `/${other}/track`}
      variant="public"
    >
      <h1>{title}</h1>
      <p>
        <Words k="status.track.words" />
      </p>
      <form class="card" method="post" action={`/${locale}/track`} novalidate>
        <TextField
          id="reference"
          name="reference"
          label={<Words k="status.reference" />}
          hint={<Words k="status.track.referenceHint" example={<Ltr>TD-XXXX-XXXX</Ltr>} />}
          value={reference}
          type="key"
          autocomplete="off"
          {...(errorKey && { error: { key: errorKey } })}
        />
        <TextField id="key" name="key" label={<Words k="status.keep.key" />} type="key" autocomplete="off" />
        <Button>
          <Words k="status.track.button" />
        </Button>
      </form>
    </Layout>
  )
}
