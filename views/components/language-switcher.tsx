import { type Locale, locales } from '../../src/i18n/locales.ts'
import { useWords } from '../words.tsx'

/** The same page in the other languages, each named in its own. */
export function LanguageSwitcher({ path }: { path: (locale: Locale) => string }) {
  const { locale, t } = useWords()
  return (
    <nav class="languages" aria-label={t('common.languages')}>
      {locales.map((other) =>
        other === locale ? (
          <span key={other} class="language" lang={other} aria-current="true">
            {t(`common.language.${other}`)}
          </span>
        ) : (
          <a key={other} class="language" href={path(other)} hreflang={other} lang={other}>
            {t(`common.language.${other}`)}
          </a>
        ),
      )}
    </nav>
  )
}
