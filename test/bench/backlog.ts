import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { z } from 'zod'

/** What the product still has to do after its answers. */
export interface Backlog {
  readonly copies: number
  readonly letters: number
}

export interface Drain {
  readonly left: Backlog
  readonly after: Backlog
  readonly seconds: number
}

const countsShape = z.object({ copies: z.number(), letters: z.number() })

export function readBacklog(dataDir: string): Backlog {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  const row = db
    .prepare(
      `SELECT (SELECT count(*) FROM screenshots WHERE copy_state = 'pending') AS copies,
        (SELECT count(*) FROM outgoing_messages WHERE state IN ('queued', 'submitting')) AS letters`,
    )
    .get()
  db.close()
  return countsShape.parse(row)
}

/** Watches the backlog go down, for at most `mostSeconds`. */
export async function watchDrain(dataDir: string, mostSeconds: number): Promise<Drain> {
  const begun = performance.now()
  const left = readBacklog(dataDir)
  const seconds = () => (performance.now() - begun) / 1000
  let after = left
  while (after.copies + after.letters > 0 && seconds() < mostSeconds) {
    await sleep(100)
    after = readBacklog(dataDir)
  }
  return { left, after, seconds: seconds() }
}
