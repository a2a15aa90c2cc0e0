import type { Locale } from '../i18n/locales.ts'

/** Below this many letters a text says nothing about its language. */
const fewestLetters = 6

const addresses = /[^\s@<>]{1,64}@[^\s@<>]{1,255}|\bhttps?:\/\/\S+|\bwww\.\S+/giu

/**
 * The language of the first text that has enough letters, by script. Names and terms in Latin letters stand in Arabic and
 * Hebrew mail too, so those scripts weigh double; `otherwise` where no text says anything.
 */
export function languageOf(texts: readonly string[], otherwise: Locale): Locale {
  for (const text of texts) {
    const words = text.replace(addresses, ' ')
    const letters = (script: RegExp) => words.match(script)?.length ?? 0
    const weights = {
      ar: 2 * letters(/\p{Script=Arabic}/gu),
      he: 2 * letters(/\p{Script=Hebrew}/gu),
      en: letters(/\p{Script=Latin}/gu),
    }
    const most = Math.max(weights.ar, weights.he, weights.en)
    if (most < fewestLetters) continue
    if (weights.ar === most) return 'ar'
    return weights.he === most ? 'he' : 'en'
  }
  return otherwise
}
