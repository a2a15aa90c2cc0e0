import type { JSX } from 'preact'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { FileName } from '../components/file-name.tsx'
import { FormLanguageSwitcher } from '../components/form-language-switcher.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'
import { type FormPageProps, formId } from './form-model.ts'

export type FormAlreadySentPageProps = Pick<FormPageProps, 'values' | 'kept'> & {
  site: Site
  /** A fresh idempotency key, under which the kept files must stand as well. */
  submission: string
}

/**
 * 409: the same form came again with other content. Nothing is decided for the claimant: it goes as a new request, or
 * back to the form. "Back" is the form's own way of being shown again with its values, in the language it has now.
 * The first request's reference stays private: whoever holds this form need not be who may see it.
 */
export function FormAlreadySentPage(props: FormAlreadySentPageProps) {
  const { locale, t } = useWords()
  return (
    <Layout
      title={t('form.already.title')}
      site={props.site}
      variant="public"
      path={(other) => `/${other}`}
      switcher={<FormLanguageSwitcher formId={formId} path={(other) => `/${other}/takedowns`} />}
    >
      <div class="column">
        <h1>{t('form.already.title')}</h1>
        <Banner tone="warn">
          <p>
            <Words k="form.already.received" />
          </p>
          <p>
            <Words k="form.already.ask" />
          </p>
        </Banner>
        <h2>{t('form.already.contents')}</h2>
        <Contents {...props} />
        <form
          id={formId}
          method="post"
          action={`/${locale}/takedowns`}
          encType="multipart/form-data"
          data-already-sent
        >
          <Carried {...props} />
          <div class="buttons">
            <Button name="intent" value="send">
              <Words k="form.already.send" />
            </Button>
            <Button kind="secondary" name="intent" value="switch-language">
              <Words k="form.already.back" />
            </Button>
          </div>
        </form>
        <p class="after-form">
          <Words
            k="form.already.follow"
            link={<a href={`/${locale}/track`}>{t('form.already.followLink')}</a>}
          />
        </p>
      </div>
    </Layout>
  )
}

function Contents({ values, kept }: FormAlreadySentPageProps) {
  const { t } = useWords()
  const rows = [
    { term: t('form.name.label'), detail: <Person>{values.name}</Person> },
    { term: t('form.phone.label'), detail: <Ltr>{values.phone}</Ltr> },
    {
      term: t('form.screenshot.label'),
      detail: lines(kept.map(({ fileName }) => <FileName>{fileName}</FileName>)),
    },
    { term: t('form.page.label'), detail: lines(values.pages.map((page) => <Ltr>{page}</Ltr>)) },
    { term: t('form.email.label'), detail: values.email && <Ltr>{values.email}</Ltr> },
    { term: t('form.statement.label'), detail: values.statement && <Person>{values.statement}</Person> },
  ]
  return (
    <div class="card">
      <SummaryList rows={rows.filter(({ detail }) => detail)} />
    </div>
  )
}

const lines = (items: readonly JSX.Element[]) => items.map((item, index) => <div key={index}>{item}</div>)

/** Everything typed and every kept file, as hidden fields. */
const Carried = ({ values, kept, submission }: FormAlreadySentPageProps) => (
  <>
    <input type="hidden" name="submission" value={submission} />
    {(['name', 'phone', 'email', 'statement', 'capacity'] as const).map((name) => (
      <input key={name} type="hidden" name={name} value={values[name]} />
    ))}
    {values.pages.map((page, index) => (
      <input key={index} type="hidden" name="page" value={page} />
    ))}
    {kept.map(({ sha256 }) => (
      <input key={sha256} type="hidden" name="kept" value={sha256} />
    ))}
  </>
)
