import { locales } from '../../src/i18n/locales.ts'
import { useWords } from '../words.tsx'

/**
 * The language switcher of a page with a form: its buttons submit the form, so that what was typed comes along, also
 * without JavaScript. The hidden button goes first because Enter in a field presses the form's first submit button.
 */
export function FormLanguageSwitcher({ formId, path }: { formId: string; path: (locale: string) => string }) {
  const { locale, t } = useWords()
  return (
    <nav class="languages" aria-label={t('common.languages')}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: tabindex -1 keeps it out of the tab order */}
      <button
        type="submit"
        form={formId}
        name="intent"
        value="send"
        class="visually-hidden"
        tabindex={-1}
        aria-hidden="true"
      >
        {t('common.send')}
      </button>
      {locales.map((other) =>
        other === locale ? (
          <span key={other} class="language" lang={other} aria-current="true">
            {t(`common.language.${other}`)}
          </span>
        ) : (
          <button
            key={other}
            type="submit"
            form={formId}
            formAction={path(other)}
            formNoValidate
            name="intent"
            value="switch-language"
            class="language"
            lang={other}
          >
            {t(`common.language.${other}`)}
          </button>
        ),
      )}
    </nav>
  )
}
