import type { en } from './en.ts'

/** English is the shape: the other two must have exactly its keys, or the build fails. */
export type English = typeof en
export type MessageKey = keyof English

/** Plural forms by Intl.PluralRules category; `other` always, the rest as the language has them. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

export type ArabicPlural = Record<'zero' | 'one' | 'two' | 'few' | 'many' | 'other', string>
export type HebrewPlural = Record<'one' | 'two' | 'other', string>

/** What a language must supply for the English messages of one room. */
export type Translation<Source, Plural extends PluralForms> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Plural
}

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** The placeholder names of a message: `{name}` in its English text. */
export type Placeholders<Key extends MessageKey> = English[Key] extends string
  ? NamesIn<English[Key]>
  : NamesIn<English[Key][keyof English[Key]]> | 'count'

/** The second argument of `t`: absent where the message has no placeholders, required where it has. */
export type Params<Key extends MessageKey, Value> = [Placeholders<Key>] extends [never]
  ? []
  : [params: Record<Placeholders<Key>, Value>]

/** Messages that stand by themselves. */
export type PlainKey = { [Key in MessageKey]: [Placeholders<Key>] extends [never] ? Key : never }[MessageKey]
