import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { claimDueLetters, nextDueAt } from '../../src/outbox/claim.ts'
import { enqueueLetter, outboxStanding } from '../../src/outbox/store.ts'
import { median } from './numbers.ts'
import type { Plan } from './uploads.ts'

/** Milliseconds, medians, while so many letters wait: half of them due, half after a failed try. */
export interface OutboxResult {
  readonly waiting: number
  /** The next four letters taken, and when the one after them is due. */
  readonly lookMs: number
  /** What readiness and metrics ask. */
  readonly standingMs: number
  /** The least that taking four letters can be: one UPDATE of four rows by their ids. */
  readonly bareMs: number
}

const sizes = [1_000, 100_000]
const tries = 40

/** The outbox as a mail host that was down for long leaves it. */
export async function measureOutbox(plan: Plan): Promise<OutboxResult[]> {
  const results: OutboxResult[] = []
  for (const waiting of sizes) {
    const directory = join(plan.directory, `outbox-${waiting}`)
    await mkdir(directory, { recursive: true })
    const db = openDatabase(join(directory, 'takedowns.sqlite'))
    try {
      results.push(measure(db, waiting, Date.now()))
    } finally {
      db.$client.close()
    }
  }
  return results
}

function measure(db: Db, waiting: number, now: number): OutboxResult {
  seed(db, waiting, now)
  const bare = db.$client.prepare('UPDATE outgoing_messages SET last_reply = ? WHERE id IN (?, ?, ?, ?)')
  return {
    waiting,
    lookMs: timed(() => {
      claimDueLetters(db, now, 60_000, 4)
      nextDueAt(db, now)
    }),
    standingMs: timed(() => outboxStanding(db, now)),
    bareMs: timed((nth) => bare.run('bare', ...[1, 2, 3, 4].map((step) => waiting - 4 * nth - step))),
  }
}

function seed(db: Db, waiting: number, now: number): void {
  db.$client.transaction(() => {
    for (let nth = 0; nth < waiting; nth++) {
      enqueueLetter(db, {
        takedownId: null,
        kind: 'receipt',
        dedupeKey: `bench-${nth}`,
        messageId: `<${nth}@publisher.example>`,
        rootMessageId: null,
        recipient: { name: '', address: 'claimant@example.org' },
        replyTo: null,
        subject: 'Your request',
        text: 'x'.repeat(2500),
        html: 'x'.repeat(5000),
        attachedScreenshots: [],
        waitForCopiesUntil: null,
        now: nth % 2 === 0 ? now : now + 600_000,
      })
    }
  })()
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
}

function timed(act: (nth: number) => unknown): number {
  const times: number[] = []
  for (let nth = 0; nth < tries; nth++) {
    const begun = performance.now()
    act(nth)
    times.push(performance.now() - begun)
  }
  return median(times)
}
