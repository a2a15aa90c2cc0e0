import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../../services.ts'

/** A disk that hangs answers nobody: what takes longer than this is taken for a fault. */
const answerWithinMs = 1000
const tries = 3

/** False when the work throws or takes too long. */
export const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    work.then(
      (answer) => answer !== false,
      () => false,
    ),
    sleep(answerWithinMs, false, { ref: false }),
  ])

/** Whether somebody could write now; a lock is waited for without holding up the event loop. */
export async function canWrite({ db }: Services): Promise<boolean> {
  for (let nth = 1; ; nth++) {
    if (canWriteAtOnce(db.$client)) return true
    if (nth === tries) return false
    await sleep(50)
  }
}

function canWriteAtOnce(client: Services['db']['$client']): boolean {
  const patience = client.pragma('busy_timeout', { simple: true })
  try {
    client.pragma('busy_timeout = 0')
    client.exec('BEGIN IMMEDIATE; ROLLBACK')
    return true
  } catch {
    return false
  } finally {
    if (client.open) client.pragma(`busy_timeout = ${Number(patience)}`)
  }
}

/** Not written to: a look every few seconds shall not wear a disk. */
export const canKeepEvidence = ({ evidence }: Services): Promise<boolean> =>
  succeeds(access(evidence.incomingDirectory, constants.W_OK | constants.X_OK))
