import { unavailable } from '../lib/failures.ts'
import { type EndCause, type ImageChild, type ImageRole, startImageChild } from './image-child-life.ts'
import type { ImageReply, ImageTask } from './image-messages.ts'

export interface LaneOptions {
  readonly role: ImageRole
  /** Without work for this long the process ends, so that at rest only the server's own memory is used. */
  readonly idleMs: number
  /** Resident memory of the process over which it is killed. */
  readonly memoryLimitBytes: number
  readonly taskTimeoutMs: number
  /**
   * Tasks in the process at once. It takes them a few at a time by itself (image-child.ts), the next one without waiting
   * for the server, which may be busy for longer than a check takes.
   */
  readonly mostInProcess: number
}

export interface Job {
  readonly task: ImageTask
  settle(reply: ImageReply): void
  fail(error: Error): void
}

interface Running {
  readonly job: Job
  readonly timer: NodeJS.Timeout
}

const startsBeforeGivingUp = 3
const longestQueue = 512

/**
 * A queue in front of one image process, which is started when there is work. When the process is lost, `onLost` gets
 * the jobs that were in it, the one that came first as the last, being the likeliest culprit; the queue goes on with a
 * fresh process.
 */
export function createLane(options: LaneOptions, onLost: (jobs: Job[], cause: EndCause) => void) {
  const waiting: Job[] = []
  const running = new Map<number, Running>()
  let child: ImageChild | null = null
  let isReady = false
  let hasStarted = false
  let isStopped = false
  let failedStarts = 0
  let isFailing = false
  let losses = 0
  let idleTimer: NodeJS.Timeout | undefined

  function pump() {
    clearTimeout(idleTimer)
    if (isStopped) return
    if (waiting.length === 0 && running.size === 0) return restLater()
    if (!child) start()
    while (isReady && running.size < options.mostInProcess) {
      const job = waiting.shift()
      if (!job) return
      begin(job)
    }
  }

  function restLater() {
    idleTimer = setTimeout(() => end('retired'), options.idleMs)
    idleTimer.unref()
  }

  function start() {
    isReady = false
    hasStarted = false
    child = startImageChild(options.role, options.memoryLimitBytes, {
      onReady() {
        isReady = true
        hasStarted = true
        failedStarts = 0
        isFailing = false
        pump()
      },
      onReply: finish,
      onEnd,
    })
  }

  function begin(job: Job) {
    const { id } = job.task
    const timer = setTimeout(() => end('timeout'), options.taskTimeoutMs)
    running.set(id, { job, timer })
    child?.send(job.task)
  }

  function finish(reply: ImageReply) {
    const done = running.get(reply.id)
    if (!done) return
    clearTimeout(done.timer)
    running.delete(reply.id)
    done.job.settle(reply)
    pump()
  }

  /** What comes until it is gone waits for the next process. */
  function end(cause: EndCause) {
    isReady = false
    child?.end(cause)
  }

  function onEnd(cause: EndCause) {
    child = null
    isReady = false
    const lost = [...running.values()].reverse()
    running.clear()
    for (const { timer } of lost) clearTimeout(timer)
    if (isStopped) return
    if (cause !== 'retired') losses++
    if (!hasStarted && cause !== 'retired' && ++failedStarts >= startsBeforeGivingUp) giveUp()
    if (lost.length > 0)
      onLost(
        lost.map(({ job }) => job),
        cause,
      )
    pump()
  }

  function giveUp() {
    failedStarts = 0
    isFailing = true
    for (const job of waiting.splice(0)) job.fail(unavailable(new Error('the image process does not start')))
  }

  return {
    /** The process's id while there is one. */
    pid: () => child?.pid,
    /** `isFailing`: the last tries to start the process came to nothing. `lost`: how often it ended over its work. */
    state: () => ({ underWay: running.size + waiting.length, lost: losses, isFailing }),
    /** Starts the process ahead of work that is sure to come. */
    warm() {
      if (isStopped || child) return
      start()
      if (waiting.length === 0) restLater()
    },
    push(job: Job) {
      if (isStopped || waiting.length >= longestQueue) return job.fail(unavailable(new Error('image queue')))
      waiting.push(job)
      pump()
    },
    async stop() {
      isStopped = true
      clearTimeout(idleTimer)
      const jobs = [...waiting.splice(0), ...[...running.values()].map(({ job }) => job)]
      for (const { timer } of running.values()) clearTimeout(timer)
      running.clear()
      for (const job of jobs) job.fail(unavailable(new Error('image process stopped')))
      end('retired')
      await child?.gone
    },
  }
}
