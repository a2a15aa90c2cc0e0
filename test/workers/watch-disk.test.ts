import { Writable } from 'node:stream'
import pino from 'pino'
import { expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { DiskState } from '../../src/lib/disk-space.ts'
import { startWatchingDisk } from '../../src/workers/watch-disk.ts'

const line = z.object({ level: z.number(), msg: z.string() })
const minute = 60_000

/** The watch over a disk that answers what the test says, on a clock of the test's. */
function watched() {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const said: string[] = []
  const out = new Writable({
    write(chunk, _encoding, done) {
      said.push(line.parse(JSON.parse(String(chunk))).msg)
      done()
    },
  })
  let answer: () => Promise<DiskState> = async () => good
  const disk = { tend: () => answer(), state: () => good }
  const watch = startWatchingDisk({ disk, logger: pino(out) })
  onTestFinished(() => watch.stop())
  return {
    said,
    answers: (next: typeof answer) => {
      answer = next
    },
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

const good: DiskState = { level: 'ok', freeBytes: 1e9, isReserveHeld: true }
const fails = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))

it('a disk that cannot be read is said when that begins, every ten minutes, and when it is over', async () => {
  const { said, answers, pass } = watched()
  await pass(minute)
  expect(said).toEqual(['disk_reserve_held'])
  answers(fails)
  await pass(9 * minute)
  expect(said.slice(1)).toEqual(['disk_unreadable'])
  await pass(2 * minute)
  expect(said.slice(1)).toEqual(['disk_unreadable', 'disk_unreadable'])
  answers(async () => good)
  await pass(minute)
  expect(said.slice(3)).toEqual(['disk_readable'])
  answers(fails)
  await pass(minute)
  expect(said.slice(4)).toEqual(['disk_unreadable'])
})
