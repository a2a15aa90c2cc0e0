import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ar } from '../../src/i18n/ar.ts'
import { en } from '../../src/i18n/en.ts'
import { he } from '../../src/i18n/he.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { messageParts } from '../../src/i18n/translate.ts'
import { projectRoot } from '../../src/lib/project-root.ts'

type Message = string | Record<string, string>
const dictionaries: Record<Locale, Record<string, Message>> = { ar, he, en }
const keys = Object.keys(en)
const formsOf = (message: Message | undefined): string[] =>
  typeof message === 'string' ? [message] : Object.values(message ?? {})
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
const everyText = (locale: Locale) =>
  Object.entries(dictionaries[locale]).flatMap(([key, message]) =>
    formsOf(message).map((text) => [key, text] as const),
  )

it('the three languages have the same keys', () => {
  expect(Object.keys(ar).sort()).toEqual([...keys].sort())
  expect(Object.keys(he).sort()).toEqual([...keys].sort())
})

describe.each(['ar', 'he'] as const)('%s', (locale) => {
  it('has the same placeholders as English, each of them where it stands once', () => {
    for (const key of keys) {
      const english = new Set(formsOf(dictionaries.en[key]).flatMap(namesIn))
      const names = new Set(formsOf(dictionaries[locale][key]).flatMap(namesIn))
      // "one" and "two" may say the number in words.
      english.delete('count')
      names.delete('count')
      expect([...names].sort(), key).toEqual([...english].sort())
      for (const form of formsOf(dictionaries[locale][key])) {
        const own = new Set(namesIn(form))
        own.delete('count')
        expect([...own].sort(), `${key}: ${form}`).toEqual([...english].sort())
      }
    }
  })

  it('is in its own script', () => {
    const script = locale === 'ar' ? /\p{Script=Arabic}/u : /\p{Script=Hebrew}/u
    const other = locale === 'ar' ? /\p{Script=Hebrew}/u : /\p{Script=Arabic}/u
    for (const [key, text] of everyText(locale)) {
      if (
        /language\.|^\{\w+\}$/.test(key + text) ||
        !/\p{L}{3}/u.test(text.replace(/\{\w+\}|[A-Z0-9-]+/g, ''))
      )
        continue
      expect(text, key).toMatch(script)
      expect(text, key).not.toMatch(other)
    }
  })
})

it('plural messages have every form that the language uses, and say the number where it is not one word', () => {
  for (const locale of locales) {
    const rules = new Intl.PluralRules(locale)
    const categories = [...rules.resolvedOptions().pluralCategories].sort()
    for (const key of keys) {
      const message = dictionaries[locale][key]
      expect(typeof message, `${locale} ${key}`).toBe(typeof dictionaries.en[key])
      if (typeof message === 'string' || message === undefined) continue
      expect(Object.keys(message).sort(), `${locale} ${key}`).toEqual(categories)
    }
  }
  const counted = keys.filter((key) => typeof dictionaries.en[key] !== 'string')
  expect(counted.length).toBeGreaterThan(5)
  for (const count of [0, 1, 2, 3, 10, 11, 99, 100, 101, 1000]) {
    for (const locale of locales) {
      expect(messageParts(locale, 'error.retryAfter', count).texts.join('').trim()).not.toBe('')
    }
  }
})

it('no text holds digits that are not 0 to 9, direction marks, tags, doubled blanks or straight quotes for gershayim', () => {
  for (const locale of locales) {
    for (const [key, text] of everyText(locale)) {
      expect(text, `${locale} ${key}`).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/)
      expect(text, `${locale} ${key}`).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
      expect(text, `${locale} ${key}`).not.toMatch(/<|&\w+;| {2}|^\s|\s$/)
      expect(text, `${locale} ${key}`).not.toMatch(/[א-ת]"[א-ת]|[א-ת]'(\s|$)/)
      if (typeof dictionaries[locale][key] === 'string') expect(text.trim(), `${locale} ${key}`).not.toBe('')
    }
  }
})

it('no key is without a use', () => {
  const sources = ['src', 'views'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('i18n/'))
      .map((name) => readFileSync(join(projectRoot, folder, name), 'utf8')),
  )
  const code = sources.join('\n')
  /** `form.error.${...}` and the like: each hole stands for part of a key. */
  const templates = [...code.matchAll(/`((?:[\w.]|\$\{[^}]*\})+)`/g)]
    .map(([, template = '']) => template)
    .filter((template) => /^\w+\./.test(template) && template.includes('${'))
    .map((template) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}$`))
  const unused = keys.filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !code.includes(`"${key}"`) &&
      !templates.some((template) => template.test(key)),
  )
  expect(unused).toEqual([])
})
