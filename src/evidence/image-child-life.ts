import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { runnable } from '../lib/runnable.ts'
import { type ImageReply, type ImageTask, isImageReply, readyMessage } from './image-messages.ts'

/** `check` is what a claimant waits for; `copy` gives way to everything else on the machine. */
export type ImageRole = 'check' | 'copy'

export type EndCause = 'crash' | 'memory' | 'timeout' | 'neverReady' | 'retired'

export interface ImageChild {
  readonly pid: number | undefined
  send(task: ImageTask): void
  /** Kills it at once for that cause. */
  end(cause: EndCause): void
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>
}

interface Events {
  onReady(): void
  onReply(reply: ImageReply): void
  onEnd(cause: EndCause): void
}

const startTimeoutMs = 20_000
const memoryWatchMs = 50

/** Starts one image process. `onEnd` comes exactly once, however it ends. */
export function startImageChild(role: ImageRole, memoryLimitBytes: number, events: Events): ImageChild {
  const child = fork(fileURLToPath(runnable('./image-child', import.meta.url)), {
    // A JavaScript heap for messages only: pixels live outside it.
    execArgv: ['--max-old-space-size=64'],
    // Nothing of the server's environment: it may hold passwords. With fewer malloc arenas, and large blocks each by itself,
    // the memory of a picture goes back as soon as it is done.
    env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144', UV_THREADPOOL_SIZE: '8' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // Work under way has a timer that keeps the server alive; an idle image process must not.
  child.unref()
  child.channel?.unref()
  let cause: EndCause = 'neverReady'
  const end = (why: EndCause) => {
    cause = why
    child.ref()
    child.kill('SIGKILL')
  }
  const startTimer = setTimeout(() => end('neverReady'), startTimeoutMs)
  const stopWatching = watchMemory(child, memoryLimitBytes, () => end('memory'))

  child.on('message', (message) => {
    if (message === readyMessage) {
      clearTimeout(startTimer)
      cause = 'crash'
      events.onReady()
    } else if (isImageReply(message)) events.onReply(message)
  })
  const gone = new Promise<void>((resolve) => {
    const onGone = () => {
      clearTimeout(startTimer)
      stopWatching()
      resolve()
    }
    child.once('exit', onGone)
    // A failed start gives an error and no exit; a failed send gives an error and then an exit.
    child.on('error', () => child.pid === undefined && onGone())
  })
  void gone.then(() => events.onEnd(cause))
  if (role === 'copy') lowerPriority(child.pid)
  return {
    pid: child.pid,
    send: (task) => child.connected && child.send(task, () => {}),
    end,
    gone,
  }
}

function lowerPriority(pid: number | undefined) {
  try {
    if (pid !== undefined) setPriority(pid, 19)
  } catch {
    // Some containers forbid it; the copies are then made at the ordinary priority.
  }
}

/** Linux only; elsewhere the pixel limit alone holds memory down. */
function watchMemory(child: ChildProcess, limitBytes: number, onOver: () => void): () => void {
  if (process.platform !== 'linux' || child.pid === undefined) return () => {}
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
    if (kilobytes * 1024 > limitBytes) onOver()
  }, memoryWatchMs)
  timer.unref()
  return () => clearInterval(timer)
}
