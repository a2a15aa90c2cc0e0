import { commonPasswords } from './common-passwords.ts'

export const leastPasswordLength = 12

export type PasswordFault = 'short' | 'common' | 'own'

/** Whose password it is, and where: what stands in these is known to who guesses. */
export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

export interface PasswordSite {
  readonly names: Readonly<Record<string, string>>
  readonly hosts: readonly string[]
}

/**
 * Why it may not be a password, or null. Any letters and signs will do, up to any length (NIST SP 800-63B, 3.1.1.2);
 * refused is what is short, what guessers try first, and what is made of the owner's and the office's own words.
 */
export function passwordFault(
  password: string,
  owner: PasswordOwner,
  site: PasswordSite,
): PasswordFault | null {
  const folded = password.normalize('NFKC').toLowerCase()
  if ([...password.normalize('NFC')].length < leastPasswordLength) return 'short'
  if (isPlain(folded) || isCommon(folded)) return 'common'
  return isMadeOf(folded, ownWords(owner, site)) ? 'own' : null
}

/** One piece again and again, fewer than four different characters, or a row such as `abcdefghijkl`. */
const isPlain = (folded: string) =>
  new Set(folded).size < 4 || /^(.{1,6}?)\1+$/u.test(folded) || isRow(folded)

function isRow(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  // After nine the row of digits begins anew.
  return [1, -1].some((way) => steps.every((step) => step === way || step === -9 * way))
}

/** In the list, or a word of it with digits and signs around, or instead of letters: `P@ssw0rd2026!`. */
function isCommon(folded: string): boolean {
  const core = folded.replace(/^\P{L}+|\P{L}+$/gu, '')
  return [folded, core, asLetters(core)].some((text) => commonPasswords().has(text))
}

const standIns: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const asLetters = (text: string) => [...text].map((sign) => standIns[sign] ?? sign).join('')

/** One of the words is in it, and without them fewer than four letters are left. */
function isMadeOf(folded: string, words: readonly string[]): boolean {
  const letters = lettersOf(folded)
  const left = words.reduce((text, word) => text.replaceAll(word, ' '), letters)
  return left !== letters && lettersOf(left).length < 4
}

/** The longest first, so that none breaks another. */
function ownWords({ email, name }: PasswordOwner, site: PasswordSite): string[] {
  const [mailbox = '', mailHost = ''] = email.split('@')
  const domains = [mailHost, ...site.hosts].flatMap((host) => host.split('.').slice(0, -1))
  const texts = [mailbox, name, ...Object.values(site.names), ...domains, 'rightsdesk', 'rights desk']
  const words = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{M}]+/u)])
  const folded = words.map((word) => lettersOf(word.normalize('NFKC').toLowerCase()))
  return [...new Set(folded)]
    .filter((word) => word.length > 2)
    .sort((one, other) => other.length - one.length)
}

const lettersOf = (text: string) => text.replace(/\P{L}/gu, '')
