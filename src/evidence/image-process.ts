import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { unavailable } from '../lib/failures.ts'
import type { EndCause } from './image-child-life.ts'
import { createLane, type Job, type LaneOptions } from './image-lane.ts'
import type { Checked, Copied, ImageFault, ImageReply, ImageTask, Refused } from './image-messages.ts'
import type { MediaType } from './media-type.ts'

export type { ImageFault } from './image-messages.ts'

export type ImageProcess = ReturnType<typeof createImageProcess>
/** Only the role must be said; see the defaults. */
export type ImageProcessOptions = Partial<LaneOptions> & Pick<LaneOptions, 'role'>

const defaults = {
  idleMs: 30_000,
  // Over sharp's own 15 s, which ends a slow image without ending the process, and the second before its turn comes at the latest.
  taskTimeoutMs: 18_000,
  // What a few checks take passes while the server commits a group of submissions.
  mostInProcess: 6,
}

/**
 * The process itself takes 90 MB, and one picture at most 300 MB more. Measured: one of 49 megapixels takes 20 to 250 MB to
 * check and to copy as PNG, WebP or progressive JPEG; AVIF takes 890 MB, so that far fewer pixels of it are taken.
 */
const memoryLimitOf = { check: 380e6, copy: 390e6 }

/** What is told when the image, alone in a fresh process, ended that process too. */
const faultOfEnd: Record<EndCause, ImageFault> = {
  crash: 'damaged',
  memory: 'tooManyPixels',
  timeout: 'tooSlow',
  neverReady: 'damaged',
  retired: 'damaged',
}

/**
 * Strangers' images, decoded outside the server. A bad image is an answer, never an error; what throws is a 503
 * Failure: the process cannot be started, too much is waiting, or a file cannot be read or written.
 *
 * Tasks share one process. When it is lost (crash, memory, time) each task under way is tried once more, alone, in a
 * process for suspects; meanwhile a fresh shared one serves everybody else.
 */
export function createImageProcess(chosen: ImageProcessOptions) {
  const options: LaneOptions = { ...defaults, memoryLimitBytes: memoryLimitOf[chosen.role], ...chosen }
  const suspects = createLane(
    { ...options, mostInProcess: 1, idleMs: Math.min(options.idleMs, 5000) },
    condemn,
  )
  const shared = createLane(options, (jobs) => {
    for (const job of jobs) suspects.push(job)
  })
  let lastId = 0

  const ask = (task: ImageTask) =>
    new Promise<ImageReply>((settle, fail) => shared.push({ task, settle, fail }))

  return {
    warm: () => shared.warm(),

    /** The running process, for tests and diagnosis. */
    pid: () => shared.pid(),

    /** For the operator: both lanes together. */
    state() {
      const [one, other] = [shared.state(), suspects.state()]
      return {
        underWay: one.underWay + other.underWay,
        lost: one.lost + other.lost,
        isFailing: one.isFailing,
      }
    },

    /** Decodes every pixel of a file that `mediaTypeOf` took for `mediaType`. */
    async check(path: string, mediaType: MediaType): Promise<Checked | Refused> {
      const reply = await ask({ id: ++lastId, act: 'check', path, mediaType })
      if (reply.kind === 'checked') return reply.answer
      throw couldNot(reply)
    },

    /** Re-encodes into a new file in `targetDirectory`, without metadata, at most 4096 pixels a side. */
    async copy(path: string, targetDirectory: string): Promise<(Copied & { path: string }) | Refused> {
      const target = join(targetDirectory, `copy-${randomBytes(12).toString('hex')}`)
      try {
        const reply = await ask({ id: ++lastId, act: 'copy', path, target })
        if (reply.kind !== 'copied') throw couldNot(reply)
        if (reply.answer.ok) return { ...reply.answer, path: target }
        await rm(target, { force: true })
        return reply.answer
      } catch (error) {
        await rm(target, { force: true })
        throw error
      }
    },

    async stop(): Promise<void> {
      await Promise.all([shared.stop(), suspects.stop()])
    },
  }
}

const couldNot = (reply: ImageReply) =>
  unavailable(
    new Error(reply.kind === 'unable' ? `image file: ${reply.code}` : 'image reply of another kind'),
  )

function condemn(jobs: Job[], cause: EndCause) {
  for (const { task, settle } of jobs) {
    const answer: Refused = { ok: false, fault: faultOfEnd[cause] }
    settle({ id: task.id, kind: task.act === 'check' ? 'checked' : 'copied', answer })
  }
}
