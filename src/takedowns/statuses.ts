import { takedowns } from '../db/schema.ts'

/** Where the office is with a takedown. The schema's column holds the one list of them. */
export const statuses = takedowns.status.enumValues
export type Status = (typeof statuses)[number]

/** The office has finished with it; only `reopen` (and a page that reappears) leads back. */
export const endStatuses = ['closed', 'withdrawn', 'duplicate', 'spam'] as const satisfies readonly Status[]
export type EndStatus = (typeof endStatuses)[number]

export const isEnd = (status: Status): status is EndStatus => endStatuses.some((end) => end === status)

export const isStatus = (text: string): text is Status => statuses.some((status) => status === text)
