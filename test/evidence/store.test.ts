import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { EvidenceStore, Shelf } from '../../src/evidence/store.ts'
import { testEvidenceStore } from '../support/evidence-store.ts'

const newDirectory = () => join(mkdtempSync(join(tmpdir(), 'evidence-')), 'evidence')
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')

async function faultOf(store: EvidenceStore, hash: string, shelf: Shelf = 'originals') {
  const opened = await store.openVerified(hash, shelf)
  if (!opened.ok) return opened.fault
  await opened.close()
  return null
}

async function storeWith(content: string) {
  const directory = newDirectory()
  const store = await testEvidenceStore(directory)
  const path = store.newUploadPath()
  writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
  return { directory, store, path, hash: sha256(content) }
}

test('P4: a kept file lies under its hash, byte for byte, and nothing stays in incoming', async () => {
  const { directory, store, path, hash } = await storeWith('an original')
  await store.keep(path, hash)
  expect(store.pathOf(hash)).toBe(join(directory, 'originals', hash.slice(0, 2), hash))
  expect(readFileSync(store.pathOf(hash), 'utf8')).toBe('an original')
  expect(readdirSync(join(directory, 'incoming'))).toEqual([])
  const opened = await store.openVerified(hash)
  if (!opened.ok) throw new Error(opened.fault)
  expect(opened.bytes).toBe(11)
  expect(await text(opened.stream())).toBe('an original')
})

test('directories and files are the owner’s alone', async () => {
  const { directory, store, path, hash } = await storeWith('private')
  await store.keep(path, hash)
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(statSync(join(directory, 'originals', hash.slice(0, 2))).mode & 0o777).toBe(0o700)
  expect(statSync(store.pathOf(hash)).mode & 0o777).toBe(0o600)
})

test('the same content twice, also at the same instant, is one file', async () => {
  const { directory, store, hash } = await storeWith('twice')
  const paths = Array.from({ length: 8 }, () => store.newUploadPath())
  for (const path of paths) writeFileSync(path, 'twice')
  await Promise.all(paths.map((path) => store.keep(path, hash)))
  expect(readdirSync(join(directory, 'originals', hash.slice(0, 2)))).toEqual([hash])
  expect(readdirSync(join(directory, 'quarantine'))).toEqual([])
})

test('copies have a shelf of their own', async () => {
  const { store, path, hash } = await storeWith('a copy')
  await store.keep(path, hash, 'copies')
  expect(await store.openVerified(hash)).toEqual({ ok: false, fault: 'missing' })
  expect(await faultOf(store, hash, 'copies')).toBe(null)
})

test('P4: a file that changed on disk is not served', async () => {
  const { store, path, hash } = await storeWith('as it was')
  await store.keep(path, hash)
  writeFileSync(store.pathOf(hash), 'as it was not')
  expect(await store.openVerified(hash)).toEqual({ ok: false, fault: 'damaged' })
})

test('a cut file under the same hash goes to quarantine when the whole one comes', async () => {
  const { directory, store, path, hash } = await storeWith('whole')
  await store.keep(path, hash)
  writeFileSync(store.pathOf(hash), 'wh')
  const again = store.newUploadPath()
  writeFileSync(again, 'whole')
  await store.keep(again, hash)
  expect(await faultOf(store, hash)).toBe(null)
  expect(readdirSync(join(directory, 'quarantine'))).toHaveLength(1)
})

test('P4: what a crash left in incoming is moved to quarantine at the next start, and what was kept stays', async () => {
  const { directory, store, path, hash } = await storeWith('kept before the crash')
  await store.keep(path, hash)
  writeFileSync(store.newUploadPath(), 'half a fi')
  const again = await testEvidenceStore(directory)
  expect(again.quarantined).toBe(1)
  expect(readdirSync(join(directory, 'incoming'))).toEqual([])
  const [name = ''] = readdirSync(join(directory, 'quarantine'))
  expect(readFileSync(join(directory, 'quarantine', name), 'utf8')).toBe('half a fi')
  expect(await faultOf(again, hash)).toBe(null)
})

test('a file is moved aside without being deleted', async () => {
  const { store, path } = await storeWith('stray')
  const place = await store.quarantine(path)
  expect(existsSync(path)).toBe(false)
  expect(readFileSync(place, 'utf8')).toBe('stray')
})

test('only a hash is a name in the store', async () => {
  const { store } = await storeWith('x')
  expect(() => store.pathOf('../../etc/passwd')).toThrow(TypeError)
  expect(() => store.pathOf('A'.repeat(64))).toThrow(TypeError)
})

test('keeping a file that is not there throws and leaves nothing', async () => {
  const { directory, store, hash } = await storeWith('gone')
  await expect(store.keep(join(directory, 'incoming', 'nothing'), hash)).rejects.toThrow('ENOENT')
  expect(existsSync(store.pathOf(hash))).toBe(false)
})

test.runIf(process.platform === 'linux')(
  'P6: where few files may be open at once, few shelves are held open',
  async () => {
    const store = await testEvidenceStore(newDirectory(), { openFiles: 512 })
    const openFiles = () => readdirSync('/proc/self/fd').length
    const before = openFiles()
    for (let nth = 0; nth < 200; nth++) {
      const path = store.newUploadPath()
      writeFileSync(path, `file ${nth}`)
      await store.keep(path, sha256(`file ${nth}`))
    }
    expect(openFiles() - before).toBeLessThan(80)
  },
)
