import { locales } from '../../src/i18n/locales.ts'
import { isAddressOpen } from '../../src/takedowns/is-address-open.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import { isEnd } from '../../src/takedowns/statuses.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** As it was typed. */
export interface TypedCorrection {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly locale: string
  /** Pages to add: those of the ticked boxes and those of the field. */
  readonly pages: readonly string[]
  /** Addresses of pages that are reported already, by the page's id. */
  readonly reported: ReadonlyMap<number, string>
}

type Props = TakedownPageProps
type ErrorOf = (fieldId: string) => Sentence | undefined

/** What was understood of a mail, each value in a field of its own; open again with what was typed after a fault. */
export function CorrectionForm(props: Props) {
  const { file, errors = [], typed } = props
  const { takedown } = file
  const correction = typed?.correction
  const errorOf: ErrorOf = (fieldId) => errors.find((error) => error.fieldId === fieldId)?.sentence
  const values = correction ?? {
    name: takedown.claimantName,
    phone: takedown.phoneTyped,
    email: takedown.email ?? '',
    locale: takedown.locale,
  }
  return (
    <details open={correction !== undefined}>
      <summary>
        <Words k="case.mail.correct" />
      </summary>
      <form method="post" action={`/staff/takedowns/${takedown.reference}/correction`}>
        <Version file={file} />
        <p class="hint">
          <Words k="case.mail.correctHint" />
        </p>
        <TextField
          id="correct-name"
          name="name"
          label={<Words k="inbox.found.name" />}
          value={values.name}
          error={errorOf('correct-name')}
        />
        <TextField
          id="correct-phone"
          name="phone"
          type="tel"
          label={<Words k="inbox.found.phone" />}
          value={values.phone}
          error={errorOf('correct-phone')}
        />
        <TextField
          id="correct-email"
          name="email"
          type="address"
          label={<Words k="asked.email" />}
          value={values.email}
          error={errorOf('correct-email')}
        />
        <LanguageField chosen={values.locale} />
        <ReportedPages {...props} errorOf={errorOf} />
        <AddedPages {...props} errorOf={errorOf} />
        <Button kind="secondary">
          <Words k="case.mail.save" />
        </Button>
      </form>
    </details>
  )
}

function LanguageField({ chosen }: { chosen: string }) {
  const { t } = useWords()
  return (
    <Field id="correct-locale" label={<Words k="inbox.found.language" />}>
      {(control) => (
        <select {...control} class="input" name="locale">
          {locales.map((locale) => (
            <option key={locale} value={locale} selected={locale === chosen}>
              {t(`common.language.${locale}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Addresses about which nothing is decided or done yet, and any that somebody was typing when it was. */
function ReportedPages({ file, typed, errorOf }: Props & { errorOf: ErrorOf }) {
  const reported = typed?.correction?.reported
  const shown = file.pages.filter((page) => isAddressOpen(file.takedown, page) || reported?.has(page.id))
  if (shown.length === 0) return null
  return (
    <fieldset class="field">
      <legend class="label">
        <Words k="case.mail.reported" />
      </legend>
      <p class="hint">
        <Words k="case.mail.reportedHint" />
      </p>
      {shown.map((page, index) => (
        <TextField
          key={page.id}
          id={`correct-page-${page.id}`}
          name={`page-${page.id}`}
          type="address"
          label={<Words k="form.page.nth" number={index + 1} />}
          value={reported?.get(page.id) ?? page.reportedUrl}
          error={errorOf(`correct-page-${page.id}`)}
        />
      ))}
    </fieldset>
  )
}

/** Pages that its mails name and that are not reported, each one tick away; and room for any other. */
function AddedPages({ file, casework, typed, errorOf }: Props & { errorOf: ErrorOf }) {
  const typedPages = typed?.correction?.pages ?? []
  if (isEnd(file.takedown.status) && typedPages.length === 0) return null
  const named = namedPages(file, casework)
  const own = typedPages.filter((typedPage) => !named.some((page) => page.reportedUrl === typedPage))
  return (
    <>
      {named.length > 0 && (
        <fieldset class="field">
          <legend class="label">
            <Words k="case.mail.namedPages" />
          </legend>
          {named.map(({ reportedUrl, canonicalUrl }) => (
            <label class="choice" key={canonicalUrl}>
              <input
                type="checkbox"
                name="page"
                value={reportedUrl}
                checked={typedPages.includes(reportedUrl)}
              />
              <Ltr>{readableUrl(canonicalUrl)}</Ltr>
            </label>
          ))}
        </fieldset>
      )}
      <TextField
        id="correct-page"
        name="page"
        type="address"
        label={<Words k="case.mail.addPage" />}
        value={own.join(' ')}
        error={errorOf('correct-page')}
      />
    </>
  )
}

function namedPages(file: Props['file'], casework: Props['casework']) {
  const reported = new Set(file.pages.map((page) => page.canonicalUrl))
  const named = casework.mails
    .flatMap(({ found }) => found?.pages ?? [])
    .filter(({ canonicalUrl }) => !reported.has(canonicalUrl))
  return [...new Map(named.map((page) => [page.canonicalUrl, page])).values()]
}
