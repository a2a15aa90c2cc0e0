import { execFileSync } from 'node:child_process'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Builds a C file to be preloaded (LD_PRELOAD) and answers its path. Needs `cc` and a dynamic linker like Linux's. */
export function preloadLibrary(source: URL, directory: string): string {
  const path = fileURLToPath(source)
  const library = join(directory, `${basename(path, '.c')}.so`)
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', library, path, '-ldl'])
  return library
}
