import type { StaffAccount } from './accounts.ts'
import { hashPassword, newPassword } from './password.ts'

/** So long a password that was made here lets its owner in, to choose one of their own. */
export const firstPasswordDays = 7

const dayMs = 24 * 3_600_000

/** As an account keeps a password. */
export interface KeptPassword {
  readonly passwordHash: string
  /** When it ends; null for one that its owner, or the operator, has chosen. */
  readonly passwordUntil: number | null
}

export interface FirstPassword {
  /** To be shown once. */
  readonly password: string
  readonly until: number
  readonly kept: KeptPassword
}

/** One for somebody else's account, made here. */
export async function makeFirstPassword(now: number): Promise<FirstPassword> {
  const password = newPassword()
  const until = now + firstPasswordDays * dayMs
  return { password, until, kept: { passwordHash: await hashPassword(password), passwordUntil: until } }
}

export const chosenPassword = async (password: string): Promise<KeptPassword> => ({
  passwordHash: await hashPassword(password),
  passwordUntil: null,
})

/** It is a first password, which its owner has to change before the desk opens. */
export const hasFirstPassword = ({ passwordUntil }: Pick<StaffAccount, 'passwordUntil'>): boolean =>
  passwordUntil !== null

/** It was a first password, and nobody has changed it in time. */
export const isPasswordOver = (
  { passwordUntil }: Pick<StaffAccount, 'passwordUntil'>,
  now: number,
): boolean => passwordUntil !== null && passwordUntil <= now
