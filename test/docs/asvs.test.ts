import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8')

/** What stands in backticks and looks like a file of ours: `src/app.ts`, `package.json`, `.ci/audit`. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => /^\.?\w[\w.-]*\/[\w./-]+$|^[\w-]+\.(?:json|md)$/.test(path))

const rowsOf = (text: string) =>
  [...text.matchAll(/^\| ([\d.]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, number = '', holds = '', evidence = '']) => ({ number, holds, evidence }),
  )

/** Of the data directory, which is not here. */
const isData = (path: string) => /^(?:keys|evidence)\//.test(path)

it.each(['docs/asvs.md', 'docs/security-rules.md', 'docs/threat-model.md'])(
  'every file that %s names is there',
  (page) => {
    const paths = pathsIn(read(page)).filter((path) => !isData(path))
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([])
  },
)

it('each requirement stands once, with an answer, and with a file or a reason', () => {
  const rows = rowsOf(read('docs/asvs.md'))
  expect(rows.length).toBeGreaterThan(200)
  expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
  expect(rows.filter(({ holds }) => !['yes', 'no', 'does not apply'].includes(holds))).toEqual([])
  expect(rows.filter(({ evidence }) => evidence.trim() === '')).toEqual([])
})

it('what is not met is listed at the end with what to do, and nothing else is', () => {
  const [table = '', list = ''] = read('docs/asvs.md').split('\n## Not met\n')
  const missing = rowsOf(table)
    .filter(({ holds }) => holds === 'no')
    .map(({ number }) => number)
  const listed = [...list.matchAll(/\b\d+\.\d+\.\d+\b/g)].map(([number]) => number)
  expect(listed.sort()).toEqual(missing.sort())
})
