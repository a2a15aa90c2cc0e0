import { text } from 'node:stream/consumers'
import type { Config } from '../config.ts'
import { systemClock } from '../lib/clock.ts'
import {
  chosenPassword,
  firstPasswordDays,
  type KeptPassword,
  makeFirstPassword,
} from '../staff/first-password.ts'
import { leastPasswordLength, type PasswordOwner, passwordFault } from '../staff/password-rules.ts'
import { WrongUsage } from './wrong-usage.ts'

export const passwordUsage = '(--password-stdin|--first-password)'

export const passwordOptions = {
  'password-stdin': { type: 'boolean' },
  'first-password': { type: 'boolean' },
} as const

export const passwordDoes = `--password-stdin: it is read from standard input (${leastPasswordLength} characters or more); --first-password: one is made and shown, to be changed at the first sign-in within ${firstPasswordDays} days`

export interface GivenPassword {
  readonly password: string
  readonly kept: KeptPassword
  /** For whoever typed the command; ends with a line feed where it says something. */
  readonly told: string
}

/** Before the database is opened: what is wrong in any case touches nothing. */
export async function readGivenPassword(
  words: { readonly 'password-stdin'?: boolean; readonly 'first-password'?: boolean },
  owner: PasswordOwner,
  config: Config,
): Promise<GivenPassword> {
  if (words['first-password']) {
    const { password, until, kept } = await makeFirstPassword(systemClock.now())
    const told = `first password: ${password}\nto be changed at the first sign-in, before ${new Date(until).toISOString()}\n`
    return { password, kept, told }
  }
  // One line of standard input; never an argument, which every process of the machine could read.
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  await refuseWeak(password, owner, config)
  return { password, kept: await chosenPassword(password), told: '' }
}

export function checkPasswordWords(words: Parameters<typeof readGivenPassword>[0]): void {
  if (Boolean(words['password-stdin']) === Boolean(words['first-password']))
    throw new WrongUsage(
      'either --password-stdin (passwords are read from standard input) or --first-password is needed',
    )
}

const faults = {
  short: `the password must have ${leastPasswordLength} characters or more`,
  common: 'this password is one of the first that others would try; choose another one',
  own: 'this password is made of the person’s name or address, or of the site’s; choose another one',
}

export async function refuseWeak(password: string, owner: PasswordOwner, { site }: Config): Promise<void> {
  const fault = await passwordFault(password, owner, site)
  if (fault) throw new WrongUsage(faults[fault])
}
