import { isLocale } from '../../src/i18n/locales.ts'
import type { TakedownEvent } from '../../src/takedowns/events.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import type { ReportedPage } from '../../src/takedowns/store.ts'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { Words } from '../words.tsx'

interface CorrectedBodyProps {
  detail: Extract<TakedownEvent, { type: 'fields_corrected' }>['detail']
  pages: readonly ReportedPage[]
}

/** What staff put right of a mail: each field with what stood there before, each page that was added or changed. */
export function CorrectedBody({ detail, pages }: CorrectedBodyProps) {
  return (
    <ul>
      {known.flatMap((field) => {
        const before = detail.before[field]
        return before === undefined ? [] : [<Before key={field} field={field} value={before} />]
      })}
      {(detail.pages ?? []).map(({ pageId, before }) => (
        <CorrectedPage key={pageId} page={pages.find(({ id }) => id === pageId)} before={before} />
      ))}
    </ul>
  )
}

const known = ['name', 'phone', 'email', 'locale'] as const

function Before({ field, value }: { field: (typeof known)[number]; value: string | null }) {
  return (
    <li>
      {field === 'locale' ? <Words k="inbox.found.language" /> : <Words k={`asked.${field}`} />}
      <div class="hint person-text">
        <Words k="case.ask.before" value={<Value field={field} value={value ?? ''} />} />
      </div>
    </li>
  )
}

function Value({ field, value }: { field: (typeof known)[number]; value: string }) {
  if (value === '') return <Words k="inbox.found.nothing" />
  if (isLocale(value) && field === 'locale') return <Words k={`common.language.${value}`} />
  return field === 'name' ? <Person>{value}</Person> : <Ltr>{value}</Ltr>
}

interface CorrectedPageProps {
  page: ReportedPage | undefined
  before: { canonicalUrl: string } | null
}

/** Later corrections of the same page stand in events of their own; here it is named as it stands now. */
function CorrectedPage({ page, before }: CorrectedPageProps) {
  if (!page) return null
  const now = <Ltr>{readableUrl(page.canonicalUrl)}</Ltr>
  if (before === null) {
    return (
      <li>
        <Words k="case.mail.pageAdded" page={now} />
      </li>
    )
  }
  return (
    <li>
      <Words k="case.mail.pageChanged" page={now} />
      <div class="hint person-text">
        <Words k="case.ask.before" value={<Ltr>{readableUrl(before.canonicalUrl)}</Ltr>} />
      </div>
    </li>
  )
}
