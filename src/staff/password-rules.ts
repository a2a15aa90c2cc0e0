import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

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
 * refused is what is short, what zxcvbn holds to be guessed in fewer than 10^8 tries, and what is so for a guesser
 * who knows the owner's and the office's own words: these are taken out, and known to the estimate of what is left.
 */
export async function passwordFault(
  password: string,
  owner: PasswordOwner,
  site: PasswordSite,
): Promise<PasswordFault | null> {
  if ([...password.normalize('NFC')].length < leastPasswordLength) return 'short'
  const folded = fold(password).slice(0, readLength)
  const words = ownWords(owner, site)
  estimator ??= loadEstimator()
  const zxcvbn = await estimator
  const isGuessed = (text: string, known: string[]) => zxcvbn.check(text, known).score < 3
  if (isGuessed(folded, [])) return 'common'
  return isGuessed(withoutWords(folded, words), words) ? 'own' : null
}

/** Its time grows with the square of the length and more; what is strong so far stays so, whatever comes after. */
const readLength = 64

let estimator: Promise<ZxcvbnFactory> | undefined

/** With the first password to be checked: 7 MB of words, which most processes never need. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  // Five readings of the signs that stand for letters: the hundred that it tries else take five times as long.
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, l33tMaxSubstitutions: 5 })
}

/** The longest first, so that none breaks another. */
function ownWords({ email, name }: PasswordOwner, site: PasswordSite): string[] {
  const [mailbox = '', mailHost = ''] = email.split('@')
  const domains = [mailHost, ...site.hosts].flatMap((host) => host.split('.').slice(0, -1))
  const texts = [mailbox, name, ...Object.values(site.names), ...domains, 'rightsdesk', 'rights desk']
  const words = texts.map(fold).flatMap((text) => [lettersOf(text), ...text.split(/[^\p{L}\p{M}]+/u)])
  return [...new Set(words)].filter((word) => word.length > 2).sort((one, other) => other.length - one.length)
}

/**
 * Each further piece counts as 10^4 tries or more to the estimate, so that three own words would pass as they stand.
 * The blanks and signs around a word go with it: they too would be pieces.
 */
function withoutWords(text: string, words: readonly string[]): string {
  const around = String.raw`[^\p{L}\p{M}\p{N}]*`
  const left = text.replace(new RegExp(`${around}(?:${words.join('|')})${around}`, 'gu'), ' ')
  return left === text ? text : left.trim()
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

const lettersOf = (text: string) => text.replace(/\P{L}/gu, '')
