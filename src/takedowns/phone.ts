import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { asciiDigits } from './typed-digits.ts'
import { stripInvisible } from './typed-text.ts'

export type ReadPhone =
  | { ok: true; typed: string; e164: string | null }
  | { ok: false; fault: 'empty' | 'notAPhone' | 'tooLong' }

/** Characters: room for two numbers and a word about when to call. */
const longest = 100
/** A local number without its area code, the shortest that a person could still be called by. */
const fewestDigits = 7

/**
 * A phone number as the claimant gave it: `typed` in their own digits and spelling, and E.164 where it parses as an
 * Israeli, Palestinian or international number of possible length. What only looks like a phone is accepted too, with
 * `e164: null`: the notice asks for a number, not for our way of writing it.
 */
export function readPhone(text: string): ReadPhone {
  const typed = stripInvisible(text).replace(/[\p{Cc}\s]+/gu, ' ')
  if (typed === '') return { ok: false, fault: 'empty' }
  if (typed.length > longest) return { ok: false, fault: 'tooLong' }
  if (phoneDigits(typed).length < fewestDigits) return { ok: false, fault: 'notAPhone' }
  return { ok: true, typed, e164: toE164(plainSpelling(typed)) }
}

/** Characters of a text in which phones are looked for. */
const longestText = 20_000

/** The phones in a text, as valid numbers of Israel, Palestine or, with their country's code, of anywhere. */
export function findPhones(text: string): { typed: string; e164: string | null; at: number }[] {
  const searched = text.slice(0, longestText)
  // One character stays one, so that what was found can be shown as it was typed.
  const spelled = asciiDigits(searched).replace(
    /[\u{61c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu,
    ' ',
  )
  return findPhoneNumbersInText(spelled, { defaultCountry: 'IL' }).flatMap(({ startsAt, endsAt }) => {
    const phone = readPhone(searched.slice(startsAt, endsAt))
    return phone.ok ? [{ typed: phone.typed, e164: phone.e164, at: startsAt }] : []
  })
}

/** The digits alone, as 0-9, for search. */
export const phoneDigits = (typed: string): string => asciiDigits(typed).replace(/[^0-9]/g, '')

/** The same number in the spelling that libphonenumber reads. */
function plainSpelling(typed: string): string {
  const spelled = asciiDigits(typed)
    .replace(/[\u{ff0b}\u{fe62}\u{207a}]/gu, '+')
    .replace(/[\p{Pd}\u{2212}\u{0640}]/gu, '-')
    .replace(/[\u{60c}\u{66b}\u{66c}\u{b7}]/gu, '.')
    .replace(/שלוחה|تحويلة|فرعي|داخلي/gu, ' ext. ')
    .replace(/^[\s+]*\+[\s+]*/, '+')
  return plusToTheFront(spelled)
}

/** `972-50-123-4567+`: what a left-to-right number in right-to-left text looks like, typed off the screen. */
const plusToTheFront = (spelled: string): string => spelled.replace(/^([0-9][0-9\s().-]*)\+$/, '+$1')

function toE164(spelled: string): string | null {
  const international = /^970[0-9\s().-]{8,}$/.test(spelled) ? `+${spelled}` : spelled
  const number = parsePhoneNumberFromString(international, { defaultCountry: 'IL' })
  if (!number?.isPossible()) return null
  return namesItsCountry(international) ? number.number : palestinianIfAllocatedThere(number.number)
}

const namesItsCountry = (spelled: string): boolean => /^\D*(?:\+|00|972)/.test(spelled)

/**
 * 056 and 059 are mobile prefixes of the Palestinian networks (ITU-T E.164, +970); Israel's own numbering plan gives
 * them to nobody, and a caller in either place dials them without a country code.
 */
const palestinianIfAllocatedThere = (e164: string): string => e164.replace(/^\+972(5[69]\d{7})$/, '+970$1')
