import { Worker } from 'node:worker_threads'
import type { Locale } from '../i18n/locales.ts'
import type { FoundMail, Unreadable } from '../inbox/found.ts'
import { runnable } from '../lib/runnable.ts'

/** What the reading thread is told once. */
export interface MailSettings {
  readonly siteHosts: readonly string[]
  readonly origin: string
  readonly mailDomain: string
  readonly authHost: string | null
  readonly defaultLocale: Locale
}

export interface MailTask {
  readonly id: number
  /** The raw mail. */
  readonly path: string
  /** Where files of it are written. */
  readonly directory: string
  readonly maxFileBytes: number
  /** Only this file of it. */
  readonly part?: number
}

/** A file of the mail that may be evidence, written and synced. */
export interface WrittenFile {
  readonly part: number
  readonly fileName: string
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly head: Uint8Array
}

export type ReadAnswer =
  | { ok: true; found: FoundMail; files: WrittenFile[] }
  | { ok: false; reason: Unreadable }

/** Said before it is begun, `writing` at each file. For the time of parsing the mail is to blame, else the disk. */
export type Stage = 'parsing' | 'writing'

type Reply<Answer> = { id: number } & ({ stage: Stage } | { fault: string } | { answer: Answer })

export interface MailReaderOptions {
  readonly directory: string
  readonly maxFileBytes: number
  readonly timeoutMs?: number
}

/** The thread ended while it read: of memory, or of a fault in what it runs. */
export class ReadingEnded extends Error {}

const diskIsSilent = () => new Error('the disk does not answer')

export type MailReader = ReturnType<typeof createMailReader>

/**
 * Reads mails one after the other in one thread. A mail that takes longer than `timeoutMs` ends the thread and is
 * `too_slow`; one whose reading ends the thread by itself (memory) throws, and so does what the disk refuses or does not
 * answer in that time.
 */
export function createMailReader(settings: MailSettings, options: MailReaderOptions) {
  const { directory, maxFileBytes, timeoutMs = 20_000 } = options
  let thread: Worker | null = null
  /** One that cannot end before the disk answers: others would only hang beside it. */
  let stuck: Worker | null = null
  let lastId = 0
  let queue: Promise<unknown> = Promise.resolve()

  function threadNow(): Worker {
    if (thread) return thread
    const started = new Worker(runnable('./mail-thread', import.meta.url), {
      workerData: settings,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 384 },
    })
    // Work under way holds the process by its timer; an idle thread must not.
    started.unref()
    started.on('exit', () => {
      if (thread === started) thread = null
      if (stuck === started) stuck = null
    })
    // Told to whoever waits; nobody may.
    started.on('error', () => {})
    thread = started
    return started
  }

  function ask<Answer>(path: string, whenTooSlow: Answer, part?: number): Promise<Answer> {
    const task: MailTask = {
      id: ++lastId,
      path,
      directory,
      maxFileBytes,
      ...(part !== undefined && { part }),
    }
    const asked = queue.then(() => run(task, whenTooSlow))
    queue = asked.catch(() => undefined)
    return asked
  }

  async function run<Answer>(task: MailTask, whenTooSlow: Answer): Promise<Answer> {
    if (stuck) throw diskIsSilent()
    const worker = threadNow()
    return new Promise((resolve, reject) => {
      let stage: Stage | 'beginning' = 'beginning'
      const end = (settle: () => void) => {
        clearTimeout(timer)
        worker.off('message', onMessage)
        worker.off('exit', onExit)
        settle()
      }
      const onMessage = (reply: Reply<Answer>) => {
        if (reply.id !== task.id) return
        if ('stage' in reply) {
          stage = reply.stage
          timer.refresh()
        } else end(() => ('fault' in reply ? reject(new Error(reply.fault)) : resolve(reply.answer)))
      }
      const onExit = () => end(() => reject(new ReadingEnded('the thread ended')))
      const timer = setTimeout(() => {
        if (stage !== 'parsing') stuck = worker
        end(() => (stage === 'parsing' ? resolve(whenTooSlow) : reject(diskIsSilent())))
        thread = null
        void worker.terminate()
      }, timeoutMs)
      worker.on('message', onMessage)
      worker.on('exit', onExit)
      worker.postMessage(task)
    })
  }

  return {
    read: (path: string) => ask<ReadAnswer>(path, { ok: false, reason: 'too_slow' }),
    /** One file of a mail; null where it has no such part. */
    extract: (path: string, part: number) => ask<WrittenFile | null>(path, null, part),
    async stop(): Promise<void> {
      await thread?.terminate()
    },
  }
}
