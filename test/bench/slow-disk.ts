import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Variables under which every sync takes five milliseconds longer. Needs a C compiler and a dynamic linker like Linux's. */
export function slowDisk(directory: string): Readonly<Record<string, string>> {
  const source = fileURLToPath(new URL('./slow-disk.c', import.meta.url))
  const library = join(directory, 'slow-disk.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  return { LD_PRELOAD: library }
}
