import { open } from 'node:fs/promises'
import { join } from 'node:path'

/** Milliseconds that each of `count` synced writes of 4 KiB at a file's end takes. */
export async function fsyncTimes(directory: string, count: number): Promise<number[]> {
  const file = await open(join(directory, 'fsync'), 'w')
  const block = Buffer.alloc(4096, 1)
  const times: number[] = []
  for (let done = 0; done < count; done++) {
    const begun = performance.now()
    await file.write(block)
    await file.sync()
    times.push(performance.now() - begun)
  }
  await file.close()
  return times
}
