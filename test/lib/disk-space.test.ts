import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createDiskSpace } from '../../src/lib/disk-space.ts'

const megabyte = 1024 * 1024

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rightsdesk-disk-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** Far from the edges, so that whatever else writes to the same volume changes no answer. */
async function freeOf(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}

it('P5: with room the reserve is made once, of its whole size, and the owner’s alone', async () => {
  const path = folder()
  const disk = createDiskSpace(path, { floorBytes: 0, warnBytes: 0, reserveBytes: 3 * megabyte + 1 })
  expect(await disk.tend()).toMatchObject({ level: 'ok', isReserveHeld: true })
  const made = statSync(join(path, 'reserve'))
  expect(made.size).toBe(3 * megabyte + 1)
  expect(made.mode & 0o777).toBe(0o600)
  await disk.tend()
  expect(statSync(join(path, 'reserve')).ino).toBe(made.ino)
})

it('P5: the reserve is given up when less than half of its size is free, and its room is not the form’s', async () => {
  const path = folder()
  const reserve = join(path, 'reserve')
  writeFileSync(reserve, 'stands for a large file')
  const reserveBytes = 4 * (await freeOf(path))
  const disk = createDiskSpace(path, { floorBytes: 0, warnBytes: 0, reserveBytes })
  expect(await disk.tend()).toMatchObject({ level: 'short', isReserveHeld: false })
  expect(existsSync(reserve)).toBe(false)
  expect(await disk.hasRoom()).toBe(false)
  await disk.tend()
  expect(existsSync(reserve), 'it is not made again before there is room').toBe(false)
})

it('P5: what a killed process left of a reserve is replaced by a whole one', async () => {
  const path = folder()
  writeFileSync(join(path, 'reserve.unfinished'), 'half')
  const disk = createDiskSpace(path, { floorBytes: 0, warnBytes: 0, reserveBytes: megabyte })
  await disk.tend()
  expect(existsSync(join(path, 'reserve.unfinished'))).toBe(false)
  expect(statSync(join(path, 'reserve')).size).toBe(megabyte)
})

it('P5: it is low below the warning and short below the floor', async () => {
  const path = folder()
  const free = await freeOf(path)
  const levelWith = async (floorBytes: number, warnBytes: number) =>
    (await createDiskSpace(path, { floorBytes, warnBytes, reserveBytes: 0 }).tend()).level
  expect(await levelWith(0, 0)).toBe('ok')
  expect(await levelWith(0, free * 2)).toBe('low')
  expect(await levelWith(free * 2, free * 3)).toBe('short')
})
