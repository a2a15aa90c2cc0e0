import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { canWriteAtOnce } from '../../db/can-write.ts'
import type { Services } from '../../services.ts'

/** A disk that hangs answers nobody: what takes longer than this is taken for a fault. */
const answerWithinMs = 1000
const tries = 3

/** False when the work throws, null when it takes too long. */
const outcomeOf = (work: Promise<unknown>): Promise<boolean | null> =>
  Promise.race([
    work.then(
      (answer) => answer !== false,
      () => false,
    ),
    sleep(answerWithinMs, null, { ref: false }),
  ])

/** False when the work throws or takes too long. */
export const succeeds = async (work: Promise<unknown>): Promise<boolean> => (await outcomeOf(work)) === true

/** Whether somebody could write now; a lock is waited for without holding up the event loop. */
export async function canWrite({ db }: Services): Promise<boolean> {
  if (await isReadOnly(db.$client.name)) return false
  for (let nth = 1; ; nth++) {
    if (canWriteAtOnce(db)) return true
    if (nth === tries) return false
    await sleep(50)
  }
}

/**
 * The file or its log may no longer be written to, as after its volume had a fault: known before the next form fails.
 * Where the disk does not answer, that is told of the evidence, and the database may be well.
 */
async function isReadOnly(path: string): Promise<boolean> {
  const files = [path, `${path}-wal`]
  const outcomes = await Promise.all(files.map((file) => outcomeOf(access(file, constants.W_OK))))
  return outcomes.includes(false)
}

/** Not written to: a look every few seconds shall not wear a disk. */
export const canKeepEvidence = ({ evidence }: Services): Promise<boolean> =>
  succeeds(access(evidence.incomingDirectory, constants.W_OK | constants.X_OK))
