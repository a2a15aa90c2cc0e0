import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { projectRoot } from './project-root.ts'

const bundles = new Map<string, URL>()

/**
 * The file that runs as a process or thread of its own: `name` (`./image-child`) beside `from`, which is
 * `import.meta.url`. From source (tests, `npm run dev`), where Node could not read it, it is bundled once.
 */
export function runnable(name: string, from: string): URL {
  if (!from.endsWith('.ts')) return new URL(`${name}.js`, from)
  const source = fileURLToPath(new URL(`${name}.ts`, from))
  const known = bundles.get(source) ?? bundle(source)
  bundles.set(source, known)
  return known
}

/** A loader in each process would do as well, but takes longer than what most of them are started for. */
function bundle(source: string): URL {
  // A development dependency: only asked for where there are sources.
  const esbuild: typeof import('esbuild') = createRequire(import.meta.url)('esbuild')
  const options = { bundle: true, packages: 'external', platform: 'node', format: 'esm' } as const
  const { outputFiles } = esbuild.buildSync({ ...options, entryPoints: [source], write: false })
  const folder = join(projectRoot, 'node_modules/.cache/rightsdesk')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${basename(source, '.ts')}.mjs`)
  // Others may be reading it: it is there whole or not at all.
  writeFileSync(`${path}.${process.pid}`, outputFiles[0]?.contents ?? '')
  renameSync(`${path}.${process.pid}`, path)
  return pathToFileURL(path)
}
