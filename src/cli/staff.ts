import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { addStaff } from '../actions/add-staff.ts'
import { disableStaff } from '../actions/disable-staff.ts'
import { removeSecondFactor } from '../actions/remove-second-factor.ts'
import { setStaffPassword } from '../actions/set-staff-password.ts'
import { type Config, readConfig } from '../config.ts'
import { whenNotBusy } from '../db/busy.ts'
import { type Db, openDatabase } from '../db/open.ts'
import { locales } from '../i18n/locales.ts'
import { systemClock } from '../lib/clock.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import { findAccount, listAccounts } from '../staff/accounts.ts'
import { roles } from '../staff/roles.ts'
import type { Command } from './command.ts'
import {
  checkPasswordWords,
  passwordDoes,
  passwordOptions,
  passwordUsage,
  readGivenPassword,
  refuseWeak,
} from './given-password.ts'
import { WrongUsage } from './wrong-usage.ts'

const newAccount = z.object({
  email: z.email('--email must be one email address'),
  name: z.string('--name is missing').trim().min(1, '--name is empty').max(200, '--name is too long'),
  role: z.enum(roles, `--role must be one of ${roles.join(', ')}`).default('editor'),
  locale: z.enum(locales, `--locale must be one of ${locales.join(', ')}`).optional(),
})

/** Works beside a running server: one short transaction. */
export const addStaffCommand: Command = {
  name: 'staff add',
  usage: `staff add --email E --name N [--role ${roles.join('|')}] [--locale ${locales.join('|')}] ${passwordUsage}`,
  does: `adds an account that can sign in at once; ${passwordDoes}`,
  async run(words) {
    const { account, parsed, config } = readWords(words)
    const given = await readGivenPassword(parsed, account, config)
    const { email, name, role } = account
    const locale = account.locale ?? config.defaultLocale
    await withDatabase(config, async (db) => {
      const result = await whenNotBusy(
        () => addStaff(db, { email, name, role, locale, ...given.kept }, systemClock.now()),
        100,
      )
      if (result === 'taken') throw new Error('there is an account with this email already')
    })
    process.stdout.write(`added ${email} (${role}); sign in at /staff\n${given.told}`)
  },
}

export const listStaffCommand: Command = {
  name: 'staff list',
  usage: 'staff list [--json]',
  does: 'lists the accounts; the number at the end is what the log calls staff',
  async run(words) {
    const isJson = words.includes('--json')
    await withDatabase(readConfig(process.env), (db) => {
      const accounts = listAccounts(db).map(({ email, name, role, locale, id }) => ({
        email,
        name,
        role,
        locale,
        id,
      }))
      const lines = accounts.map((one) => [one.email, one.role, one.locale, one.name, one.id].join('\t'))
      process.stdout.write(
        isJson ? `${JSON.stringify(accounts)}\n` : lines.map((line) => `${line}\n`).join(''),
      )
    })
  },
}

export const setPasswordCommand: Command = {
  name: 'staff set-password',
  usage: `staff set-password --email E ${passwordUsage}`,
  does: `gives an account a new password and ends its sessions; ${passwordDoes}`,
  async run(words) {
    const parsed = parseOrExplain(words)
    const { email } = parsed
    if (!email) throw new WrongUsage('--email is needed')
    checkPasswordWords(parsed)
    const config = readConfig(process.env)
    const given = await readGivenPassword(parsed, { email, name: '' }, config)
    await withDatabase(config, async (db) => {
      const account = findAccount(db, email)
      if (account) await refuseWeak(given.password, account, config)
      const change = () => setStaffPassword(db, email, given.kept, systemClock.now())
      if (!(await whenNotBusy(change, 100))) throw new Error(`there is no account ${email}`)
    })
    process.stdout.write(`changed; all sessions of ${email} have ended\n${given.told}`)
  },
}

export const disableStaffCommand: Command = {
  name: 'staff disable',
  usage: 'staff disable --email E',
  does: 'lets an account sign in no more and ends its sessions; what it did stays under its name',
  async run(words) {
    const { email } = parseOrExplain(words)
    if (!email) throw new WrongUsage('--email is needed')
    await changeAccount(email, (db) => {
      const result = disableStaff(db, email, systemClock.now())
      if (result === 'last_admin')
        throw new Error('this is the last admin; make somebody else an admin first')
      return result === 'disabled'
    })
    process.stdout.write(`${email} is disabled\n`)
  },
}

export const resetSecondFactorCommand: Command = {
  name: 'staff reset-second-factor',
  usage: 'staff reset-second-factor --email E',
  does: 'takes the second factor of an account away and ends its sessions; the password alone then signs in',
  async run(words) {
    const { email } = parseOrExplain(words)
    if (!email) throw new WrongUsage('--email is needed')
    await changeAccount(email, (db) => {
      const account = findAccount(db, email)
      if (!account) return false
      if (!removeSecondFactor(db, account.id, systemClock.now(), null))
        throw new Error(`${email} has no second factor`)
      return true
    })
    process.stdout.write(`${email} signs in without a second factor; all sessions have ended\n`)
  },
}

async function changeAccount(email: string, change: (db: Db) => boolean): Promise<void> {
  await withDatabase(readConfig(process.env), async (db) => {
    if (!(await whenNotBusy(() => change(db), 100))) throw new Error(`there is no account ${email}`)
  })
}

function readWords(words: readonly string[]) {
  const parsed = parseOrExplain(words)
  checkPasswordWords(parsed)
  const account = newAccount.safeParse(parsed)
  if (!account.success) throw new WrongUsage(account.error.issues.map((issue) => issue.message).join('\n'))
  return { account: account.data, parsed, config: readConfig(process.env) }
}

function parseOrExplain(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        locale: { type: 'string' },
        ...passwordOptions,
      },
    }).values
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'the words are not understood')
  }
}

async function withDatabase(
  { dataDir, isDatabaseReplicated }: Config,
  use: (db: Db) => void | Promise<void>,
): Promise<void> {
  makeDirectory(dataDir)
  const db = openDatabase(join(dataDir, 'takedowns.sqlite'), { isReplicated: isDatabaseReplicated })
  try {
    await use(db)
  } finally {
    db.$client.close()
  }
}
