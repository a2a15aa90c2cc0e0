import { locales } from '../../src/i18n/locales.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import { isEnd } from '../../src/takedowns/statuses.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { FoundValues, MailWords } from './incoming-mail.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** Pages that its mails name and that are not reported, each one tick away; and room for any other. */
function AddedPages({ file, casework }: Pick<TakedownPageProps, 'file' | 'casework'>) {
  const reported = new Set(file.pages.map((page) => page.canonicalUrl))
  const named = new Map(
    casework.mails
      .flatMap(({ found }) => found?.pages ?? [])
      .filter(({ canonicalUrl }) => !reported.has(canonicalUrl))
      .map((page) => [page.canonicalUrl, page]),
  )
  return (
    <>
      {named.size > 0 && (
        <fieldset class="field">
          <legend class="label">
            <Words k="case.mail.namedPages" />
          </legend>
          {[...named.values()].map((page) => (
            <label class="choice" key={page.canonicalUrl}>
              <input type="checkbox" name="page" value={page.reportedUrl} />
              <Ltr>{readableUrl(page.canonicalUrl)}</Ltr>
            </label>
          ))}
        </fieldset>
      )}
      <TextField id="correct-page" name="page" type="key" label={<Words k="case.mail.addPage" />} />
    </>
  )
}

/** Of a takedown that came by mail: its words beside what was understood of them, and the way to put that right. */
export function MailCard({ file, casework }: TakedownPageProps) {
  const { t } = useWords()
  const { takedown } = file
  const first = casework.mails.find(({ mail }) => mail.standing === 'takedown')
  if (!first?.found) return null
  return (
    <section class="card" aria-labelledby="mail-card">
      <h2 id="mail-card">
        <Words k="case.mail.title" />
      </h2>
      <MailWords found={first.found} />
      <FoundValues found={first.found} />
      <p>
        <a href={`/staff/inbox/${first.mail.id}`}>
          <Words k="case.mail.open" />
        </a>
      </p>
      {casework.mayAct && (
        <details>
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
              value={takedown.claimantName}
            />
            <TextField
              id="correct-phone"
              name="phone"
              type="tel"
              label={<Words k="inbox.found.phone" />}
              value={takedown.phoneTyped}
            />
            <TextField
              id="correct-email"
              name="email"
              type="email"
              label={<Words k="asked.email" />}
              value={takedown.email ?? ''}
            />
            <Field id="correct-locale" label={<Words k="inbox.found.language" />}>
              {(control) => (
                <select {...control} class="input" name="locale">
                  {locales.map((locale) => (
                    <option key={locale} value={locale} selected={locale === takedown.locale}>
                      {t(`common.language.${locale}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {!isEnd(takedown.status) && <AddedPages file={file} casework={casework} />}
            <Button kind="secondary">
              <Words k="case.mail.save" />
            </Button>
          </form>
        </details>
      )}
    </section>
  )
}
