import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk of its own that can be filled and freed. */
export interface Volume {
  readonly directory: string
  /** Fills it until only `leftBytes` are free. */
  fill(leftBytes: number): Promise<void>
  free(): Promise<void>
  remove(): Promise<void>
}

/** Mounts a memory disk, which needs root. Throws where that is not allowed. */
export async function mountVolume(megabytes: number): Promise<Volume> {
  const directory = await mkdtemp(join(tmpdir(), 'rightsdesk-soak-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'rightsdesk-soak', directory])
  const ballast = join(directory, 'ballast')
  return {
    directory,
    fill: (leftBytes) => writeUntil(ballast, directory, leftBytes),
    free: () => rm(ballast, { force: true }),
    async remove() {
      execFileSync('umount', ['-l', directory])
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The server goes on writing meanwhile: what it took is not taken twice, and a full disk is the aim and no error. */
async function writeUntil(path: string, directory: string, leftBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory)
  let left = bavail * bsize - leftBytes
  const file = createWriteStream(path)
  const block = Buffer.alloc(1024 * 1024)
  await new Promise<void>((resolve) => {
    const write = () => {
      if (left <= 0) return void file.end(resolve)
      const size = Math.min(left, block.length)
      left -= size
      file.write(block.subarray(0, size), (error) => (error ? resolve() : write()))
    }
    file.on('error', () => resolve())
    write()
  })
}
