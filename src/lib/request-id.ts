import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

const current = new AsyncLocalStorage<string>()

/** Twelve hex digits in groups, short enough to be read out on the telephone: `3f9c-02ab-77d1`. */
export const newRequestId = (): string => (randomBytes(6).toString('hex').match(/.{4}/g) ?? []).join('-')

/** Runs `work`; every line that is logged by it, and by what it waits for, carries the id. */
export const withRequestId = (id: string, work: () => void): void => current.run(id, work)

/** What the logger adds to each line. */
export function requestFields(): { requestId?: string } {
  const requestId = current.getStore()
  return requestId === undefined ? {} : { requestId }
}
