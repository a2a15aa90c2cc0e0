import { randomBytes } from 'node:crypto'

/** Names one form as it was shown: sent twice it is one act, and what was uploaded with it comes back to it alone. 144 bits. */
export const newFormKey = (): string => randomBytes(18).toString('base64url')
