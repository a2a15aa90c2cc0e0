import { ar } from './ar.ts'
import { en } from './en.ts'
import { he } from './he.ts'
import type { Locale } from './locales.ts'
import type { MessageKey, Params, PluralForms } from './messages.ts'

const dictionaries: Record<Locale, Record<MessageKey, string | PluralForms>> = { ar, he, en }
const plurals: Record<Locale, Intl.PluralRules> = {
  ar: new Intl.PluralRules('ar'),
  he: new Intl.PluralRules('he'),
  en: new Intl.PluralRules('en-GB'),
}

/** A message as its fixed texts and placeholder names in turn: texts[0] {names[0]} texts[1] ... */
export interface MessageParts {
  readonly texts: readonly string[]
  readonly names: readonly string[]
}

const parsed = new Map<string, MessageParts>()

function parse(message: string): MessageParts {
  const known = parsed.get(message)
  if (known) return known
  const pieces = message.split(/\{(\w+)\}/)
  const parts = {
    texts: pieces.filter((_, index) => index % 2 === 0),
    names: pieces.filter((_, index) => index % 2 === 1),
  }
  parsed.set(message, parts)
  return parts
}

/** The parts of a message, so that a view can put its own elements where the placeholders stand. */
export function messageParts(locale: Locale, key: MessageKey, count?: unknown): MessageParts {
  const message = dictionaries[locale][key]
  if (typeof message === 'string') return parse(message)
  const form = plurals[locale].select(typeof count === 'number' ? count : 0)
  return parse(message[form] ?? message.other)
}

/**
 * The message as plain text. Values are put in as they are: isolate left-to-right values and strangers' text
 * yourself (see `isolate` in lib/bidi.ts), or use the `Words` component, which takes elements.
 */
export function translate<Key extends MessageKey>(
  locale: Locale,
  key: Key,
  ...[params]: Params<Key, string | number>
): string {
  const values = new Map<string, string | number>(Object.entries(params ?? {}))
  const { texts, names } = messageParts(locale, key, values.get('count'))
  return texts.reduce((text, next, index) => `${text}${values.get(names[index - 1] ?? '') ?? ''}${next}`)
}

export type Translate = <Key extends MessageKey>(key: Key, ...params: Params<Key, string | number>) => string

export const translatorFor =
  (locale: Locale): Translate =>
  (key, ...params) =>
    translate(locale, key, ...params)
