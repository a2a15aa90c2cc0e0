import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../src/lib/project-root.ts'

/** As test/README.md lists them. */
const promises = Array.from({ length: 18 }, (_, index) => `P${index + 1}`)

it.each(promises)('%s is held by tests that are named after it, which the list names', (promise) => {
  const readme = readFileSync(join(projectRoot, 'test/README.md'), 'utf8')
  const row = new RegExp(`^\\| ${promise} \\|.*$`, 'm').exec(readme)?.[0] ?? ''
  const listed = [...row.matchAll(/`([^`]+\.test\.tsx?)`/g)].map(([, path = '']) => path)
  expect(listed.length).toBeGreaterThan(0)
  const name = new RegExp(`['"\`](?:P\\d+, )*${promise}(?:, P\\d+)*: `)
  for (const path of listed) expect(readFileSync(join(projectRoot, 'test', path), 'utf8'), path).toMatch(name)
})
