import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import { isolate } from '../../src/lib/bidi.ts'
import { useWords, Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

/** One sentence of who else has the page open; empty for nobody. As plain text, for a script sets it anew. */
export function presenceWords(locale: Locale, names: readonly string[]): string {
  if (names.length === 0) return ''
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(isolate))
  return translatorFor(locale)('case.presence', { names: list })
}

/** Who else is here, as it was when the page was made; a script keeps it true, and tells when the page is old. */
export function Presence({ file, casework }: TakedownPageProps) {
  const { locale } = useWords()
  const { reference, version } = file.takedown
  return (
    <div class="no-print" data-presence={`/staff/takedowns/${reference}/presence`} data-version={version}>
      <p class="presence" role="status" data-presence-words>
        {presenceWords(locale, casework.present)}
      </p>
      <p class="presence" role="status" data-changed hidden>
        <Words k="case.changed" />{' '}
        <a href={`/staff/takedowns/${reference}`}>
          <Words k="case.changed.reload" />
        </a>
      </p>
    </div>
  )
}
