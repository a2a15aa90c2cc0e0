import { isolateLtr } from '../../src/lib/bidi.ts'
import { Button } from '../components/button.tsx'
import { FormLanguageSwitcher } from '../components/form-language-switcher.tsx'
import { Ltr } from '../components/ltr.tsx'
import { TextField } from '../components/text-field.tsx'
import { Layout } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'
import { type FormError, type FormPageProps, formId } from './form-model.ts'
import { FormNotice } from './form-notice.tsx'
import { FormOptional } from './form-optional.tsx'
import { FormPages } from './form-pages.tsx'
import { FormPrivacy } from './form-privacy.tsx'
import { FormScreenshots } from './form-screenshots.tsx'
import { FormShort } from './form-short.tsx'
import { NotNow } from './not-now.tsx'

export function FormPage(props: FormPageProps) {
  const { t } = useWords()
  const { site, errors, notice, decisionDays } = props
  const title = t('form.title')
  return (
    <Layout
      title={title}
      errors={errors.map((error) => ({ fieldId: fieldIdOf(error), sentence: error }))}
      site={site}
      variant="public"
      path={(locale) => `/${locale}`}
      switcher={<FormLanguageSwitcher formId={formId} path={(locale) => `/${locale}/takedowns`} />}
      scripts={['form.js']}
    >
      <div class="column">
        {notice && <NotNow notice={notice} infoAddress={site.infoAddress} />}
        {!notice && props.isShort && <FormShort infoAddress={site.infoAddress} />}
        <h1>{title}</h1>
        <p class="lede">
          <Words k="form.lede" site={<bdi>{site.name}</bdi>} />
        </p>
      </div>
      <div class="with-aside">
        <FormNotice decisionDays={decisionDays} infoAddress={site.infoAddress} />
        <div class="main-matter">
          <TakedownForm {...props} />
        </div>
      </div>
    </Layout>
  )
}

/** Where an error's line in the summary leads. */
const fieldIdOf = ({ field, index }: FormError): string =>
  field === 'page' ? `page-${index ?? 0}` : field === 'capacity' ? 'capacity-owner' : field

function TakedownForm(props: FormPageProps) {
  const { locale, t } = useWords()
  const { values, site, errors } = props
  const errorAt = (field: FormError['field']) => errors.find((error) => error.field === field)
  return (
    <form
      id={formId}
      method="post"
      action={`/${locale}/takedowns`}
      encType="multipart/form-data"
      noValidate
      data-takedown
      data-words-sending={t('form.client.sending', { percent: '{percent}' })}
      data-words-checking={t('form.client.checking')}
      data-words-lost={t('form.client.lost')}
      data-words-refused={t('form.client.refused', { address: isolateLtr(site.infoAddress) })}
      data-words-restored={t('form.client.restored')}
    >
      <HiddenFields submission={props.submission} started={props.started} />
      <section class="card" aria-labelledby="required-title">
        <h2 id="required-title">
          <Words k="form.required.title" />
        </h2>
        <TextField
          id="name"
          name="name"
          label={t('form.name.label')}
          value={values.name}
          error={errorAt('name')}
          autocomplete="name"
          required
        />
        <TextField
          id="phone"
          name="phone"
          type="tel"
          label={t('form.phone.label')}
          hint={<Words k="form.phone.hint" example={<Ltr>{'+972\u00a050\u00a0123\u00a04567'}</Ltr>} />}
          value={values.phone}
          error={errorAt('phone')}
          autocomplete="tel"
          class="field-short"
          required
        />
        <FormScreenshots
          kept={props.kept}
          errors={errors.filter(({ field }) => field === 'screenshot')}
          limits={props.limits}
        />
        <FormPages
          pages={values.pages}
          errors={errors.filter(({ field }) => field === 'page')}
          host={site.hosts[0] ?? ''}
        />
      </section>
      <FormOptional values={values} errorAt={errorAt} />
      <FormPrivacy site={site} />
      <div class="send" data-send>
        <Button large name="intent" value="send">
          <Words k="form.send" />
        </Button>
        <div class="progress" data-progress hidden>
          <progress max="100" value="0" aria-hidden="true" />
          <p role="status" />
        </div>
      </div>
    </form>
  )
}

/** `website` is a trap for programs; it only marks what it catches. */
function HiddenFields({ submission, started }: { submission: string; started: number }) {
  const { t } = useWords()
  return (
    <>
      <input type="hidden" name="submission" value={submission} />
      <input type="hidden" name="started" value={started} />
      <div class="off-screen" aria-hidden="true">
        <label for="website">{t('form.honeypot.label')}</label>
        <input type="text" id="website" name="website" tabindex={-1} autocomplete="off" />
      </div>
    </>
  )
}
