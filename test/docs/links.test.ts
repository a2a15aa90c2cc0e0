import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'

const pages = [
  'README.md',
  'SECURITY.md',
  'deploy/README.md',
  'test/README.md',
  ...readdirSync(join(projectRoot, 'docs')).map((name) => `docs/${name}`),
]
const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8')

/** As GitHub makes them of headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

it.each(pages)('every link of %s leads to a file that is there, and to a heading in it', (page) => {
  const links = [...read(page).matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, target = '']) => target)
  const dead = links.filter((target) => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : join(dirname(page), path)
    if (!existsSync(join(projectRoot, file))) return true
    return anchor !== undefined && !anchorsOf(read(file)).includes(anchor)
  })
  expect(dead).toEqual([])
})
