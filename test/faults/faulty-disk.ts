import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join, relative } from 'node:path'
import { preloadLibrary } from '../support/preload-library.ts'

const names = ['open', 'write', 'ftruncate', 'fsync', 'rename', 'unlink', 'mkdir', 'access', 'read'] as const

/** A file call as the server made it. */
export interface FileCall {
  /** In the order in which they began; 1 is the first after an order. */
  readonly number: number
  readonly call: (typeof names)[number]
  /** Below the data directory. */
  readonly path: string
  /** False where it was refused, or cut off by the death of the process. */
  readonly isDone: boolean
}

export interface Order {
  /** A hanging call goes on at the next order, or when the disk relents. */
  readonly act: 'watch' | 'kill' | 'hang' | { readonly fail: 'EIO' | 'ENOSPC' | 'EROFS' }
  /** Which calls, counted among those that `call` and `path` let through. Default: all but reads. */
  readonly first?: number
  readonly last?: number
  readonly call?: FileCall['call']
  /** A part of the path. */
  readonly path?: string
}

export type FaultyDisk = ReturnType<typeof createFaultyDisk>

/**
 * A server with `environment` meets what is ordered in all that it writes under `dataDir`, from its next call on.
 * What the disk itself needs lies in `directory`. Needs Linux and a C compiler (`cc`).
 */
export function createFaultyDisk(directory: string, dataDir: string) {
  const orders = join(directory, 'orders')
  const log = join(directory, 'calls')
  let serial = 0
  return {
    environment: {
      LD_PRELOAD: preloadLibrary(new URL('./faulty-disk.c', import.meta.url), directory),
      FAULTY_DISK_UNDER: dataDir,
      FAULTY_DISK_ORDERS: orders,
      FAULTY_DISK_LOG: log,
    },

    order({ act, first = 1, last = first, call, path = '*' }: Order): void {
      const [word, value] = actWords(act)
      serial += 1
      rmSync(log, { force: true })
      writeFileSync(`${orders}.new`, `${serial} ${word} ${first} ${last} ${value} ${call ?? '*'} ${path}\n`)
      renameSync(`${orders}.new`, orders)
    },

    /** The disk is well again. */
    relent: () => rmSync(orders, { force: true }),

    /** What was called since the last order, in the order in which it ended. */
    calls: (): FileCall[] =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => callIn(line, dataDir))
        : [],
  }
}

function actWords(act: Order['act']): readonly [string, number] {
  if (typeof act === 'string') return [act, 0]
  return ['fail', constants.errno[act.fail]]
}

function callIn(line: string, dataDir: string): FileCall {
  const [, number, name, path = '', mark] = /^(\d+) (\w+) (.*?)(!?)$/.exec(line) ?? []
  const call = names.find((known) => known === name)
  if (!call) throw new Error(`not a line of the faulty disk: ${line}`)
  return { number: Number(number), call, path: relative(dataDir, path), isDone: mark === '' }
}
