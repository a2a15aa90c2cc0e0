import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { hashFile } from '../lib/hash-file.ts'
import { storedNameOf } from './layout.ts'
import type { BackupSink } from './sink.ts'

/**
 * One tar to `out`, with the names of a folder of backups: unpacked by any tar it is one. The database is copied to the
 * system's temporary folder first. `close` removes that copy, and is called in any case.
 */
export async function openTarSink(
  out: Writable,
  snapshot: string,
): Promise<BackupSink & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-backup-'))
  const tar = pack()
  const written = pipeline(tar, out)
  // Heard of by whoever waits for an entry, or at the end.
  written.catch(() => undefined)
  const sent = new Map<string, number>()
  const headerOf = (name: string, size: number) => ({ name, size, mode: 0o600 })

  async function send(name: string, from: string, size: number) {
    const entry = tar.entry(headerOf(name, size))
    // Whoever reads it may leave: then nothing takes the entry any more.
    await Promise.race([pipeline(createReadStream(from), entry), written])
    sent.set(name, size)
  }

  return {
    databasePath: join(folder, 'takedowns.sqlite'),

    async known(path) {
      // The same picture may stand on both shelves: its name is its hash.
      return sent.get(storedNameOf(snapshot, path)) ?? 'missing'
    },

    async keep(path, from, expected) {
      // Read through first: what is damaged must not be sent at all, and a tar cannot take a file back.
      const hashed = await hashFile(from)
      if (expected !== undefined && hashed.sha256 !== expected) return null
      await send(storedNameOf(snapshot, path), from, hashed.bytes)
      return hashed
    },

    async finish(manifest) {
      tar.entry(headerOf(`snapshots/${snapshot}/manifest.json`, Buffer.byteLength(manifest)), manifest)
      tar.finalize()
      await written
    },

    async close() {
      tar.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
