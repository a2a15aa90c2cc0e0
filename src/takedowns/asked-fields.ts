import { z } from 'zod'

/** What of the form a claimant can be asked for once more, in the order of the form. */
export const askable = ['name', 'phone', 'screenshot', 'page', 'email', 'statement'] as const
export type AskedField = (typeof askable)[number]

/** Anything else is left out, so that an older row never breaks a page. */
export const askedAmong = (names: readonly unknown[]): AskedField[] =>
  askable.filter((field) => names.includes(field))

/** From the column `askedFields`: what was asked for and has not been given yet. */
export const readAsked = (json: string): AskedField[] =>
  askedAmong(z.array(z.unknown()).parse(JSON.parse(json)))

/** What a claimant gave of it, checked. */
export interface Given {
  readonly name?: string
  readonly phone?: { readonly typed: string; readonly e164: string | null }
  readonly page?: { readonly reportedUrl: string; readonly canonicalUrl: string }
  readonly email?: string
  readonly statement?: string
}
