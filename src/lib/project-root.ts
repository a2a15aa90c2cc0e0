import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'migrations'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('project root not found: no package.json beside migrations/')
  return findRoot(parent)
}

/** The folder that holds package.json, migrations/ and views/, whether running from src/ or dist/. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)))
