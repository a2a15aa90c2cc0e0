import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { createTurns } from '../lib/turns.ts'

/** argon2id by OWASP's minimum: 19 MiB, 2 passes, one lane; about 15 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * Of all clients together: it is done by the threads that files are read and written by, and uploads must go on
 * meanwhile. Who waits behind a hundred waits a second or two; who comes then gets a 503 Failure.
 */
const turns = createTurns({ atOnce: 2, mostWaiting: 100 })

export const hashPassword = (password: string): Promise<string> =>
  turns.take(() => hash(password.normalize('NFC'), cost))

/** The hash of no password: checked for unknown accounts, so that they take the same time as known ones. */
const nobody = hashPassword('no account has this password')

export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const known = stored ?? (await nobody)
  const matches = await turns.take(() => verify(known, password.normalize('NFC')))
  return matches && stored !== null
}

/** Without what looks alike: 30 letters and digits, 4.9 bits each. */
const clearLetters = 'abcdefghjkmnpqrstvwxyz23456789'

const groupsOfFive = (groups: number): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: 5 }, () => clearLetters[randomInt(clearLetters.length)]).join(''),
  ).join('-')

/** A password that can be read out and typed: `f3kq2-…`, six groups of five, 147 bits. */
export const newPassword = (): string => groupsOfFive(6)

/** Three groups of five, 73 bits; ten of them. */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => groupsOfFive(3))
