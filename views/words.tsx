import { type ComponentChildren, createContext, Fragment } from 'preact'
import { useContext } from 'preact/hooks'
import { directionOf, type Locale } from '../src/i18n/locales.ts'
import type { MessageKey, Placeholders } from '../src/i18n/messages.ts'
import { messageParts, type Translate, translatorFor } from '../src/i18n/translate.ts'

/** The language a page speaks: `t` for plain texts (attributes, titles), `Words` for texts with elements in them. */
export interface Speech {
  readonly locale: Locale
  readonly dir: 'rtl' | 'ltr'
  readonly t: Translate
}

export const speechOf = (locale: Locale): Speech => ({
  locale,
  dir: directionOf(locale),
  t: translatorFor(locale),
})

export const SpeechContext = createContext<Speech>(speechOf('en'))

export const useWords = (): Speech => useContext(SpeechContext)

type WordsProps<Key extends MessageKey> = { k: Key } & {
  [Name in Placeholders<Key>]: Name extends 'count' ? number : ComponentChildren
}

/** `<Words k="form.hello" name={<Person>{name}</Person>} />`: the message with elements in its placeholders. */
export function Words<Key extends MessageKey>({ k, ...values }: WordsProps<Key>) {
  return <Spoken k={k} values={new Map<string, ComponentChildren>(Object.entries(values))} />
}

/** The same for a key and values that are only known at run time. */
export function Spoken({ k, values }: { k: MessageKey; values: ReadonlyMap<string, ComponentChildren> }) {
  const { locale } = useWords()
  const { texts, names } = messageParts(locale, k, values.get('count'))
  return texts.map((text, index) => (
    <Fragment key={text}>
      {index > 0 && values.get(names[index - 1] ?? '')}
      {text}
    </Fragment>
  ))
}
