import { z } from 'zod'

const task = z.discriminatedUnion('kind', [
  /** Forms sent one after the other by each of `concurrency` clients, for `ms`. */
  z.object({
    kind: z.literal('uploads'),
    origin: z.string(),
    path: z.string(),
    picture: z.enum(['png', 'jpeg']),
    concurrency: z.number(),
    ms: z.number(),
  }),
  /** One page fetched again and again, `pauseMs` after each answer. */
  z.object({
    kind: z.literal('pages'),
    origin: z.string(),
    path: z.string(),
    cookie: z.string(),
    pauseMs: z.number(),
    ms: z.number(),
  }),
])
export type LoadTask = z.infer<typeof task>
export type UploadTask = Extract<LoadTask, { kind: 'uploads' }>
export type PageTask = Extract<LoadTask, { kind: 'pages' }>

const measured = z.object({
  /** Milliseconds of each answer. */
  latencies: z.array(z.number()),
  /** Answers that came within the time, per second. */
  perSecond: z.number(),
  /** Answers that were not the one wished for, by what they were. */
  faults: z.array(z.string()),
  /** Of the last good answer to an upload. */
  location: z.string(),
})
export type Measured = z.infer<typeof measured>

export const parseTask = (message: unknown): LoadTask => task.parse(message)
export const parseMeasured = (message: unknown): Measured => measured.parse(message)
