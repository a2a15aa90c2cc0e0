import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../src/lib/project-root.ts'

/**
 * Which floor a room is on; imports run downwards only, and rooms on one floor do not import each other.
 * lib/failures.ts names message keys, so lib stands above i18n.
 */
const floors: readonly (readonly string[])[] = [
  ['src/i18n'],
  ['src/lib'],
  ['src/db'],
  ['src/takedowns', 'src/outbox', 'src/inbox', 'src/evidence', 'src/staff'],
  // What looks after all of them.
  ['src/backup', 'src/doctor'],
  ['views'],
  ['src/actions'],
  ['src/web', 'src/workers', 'src/cli'],
]
/** The files at the top of src/ wire the rooms together; of them rooms may know these types, and config may be read. */
const wiring = ['src/config.ts', 'src/services.ts']

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const sources = ['src', 'views'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('assets'))
    .map((name) => join(folder, name)),
)
const textOf = new Map(sources.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]))
const imports = [...textOf].flatMap(([from, text]) =>
  [
    ...text.matchAll(
      /^(?:import|export)\s(type\s)?[^'"]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm,
    ),
  ].map(([, type, named, bare, dynamic]): Import => {
    const to = named ?? bare ?? dynamic ?? ''
    const isOurs = to.startsWith('.')
    return { from, to: isOurs ? relative('.', join(dirname(from), to)) : to, isType: type !== undefined }
  }),
)
const ours = imports.filter(({ to }) => to.startsWith('src/') || to.startsWith('views/'))

const roomOf = (path: string) => floors.flat().find((room) => path.startsWith(`${room}/`))
const floorOf = (path: string) =>
  floors.findIndex((floor) => floor.some((room) => path.startsWith(`${room}/`)))
const say = ({ from, to }: Import) => `${from} -> ${to}`

it('sees the house', () => {
  expect(sources.length).toBeGreaterThan(150)
  expect(ours.length).toBeGreaterThan(500)
})

it('imports run downwards only, and rooms on one floor do not import each other', () => {
  const climbing = ours.filter(({ from, to }) => {
    const [here, there] = [floorOf(from), floorOf(to)]
    if (here < 0 || wiring.includes(to)) return false
    return there < 0 || there > here || (there === here && roomOf(from) !== roomOf(to))
  })
  expect(climbing.map(say)).toEqual([])
})

it('of the wiring, rooms upstairs know the types alone, and rooms below nothing', () => {
  const known = ours.filter(({ from, to }) => floorOf(from) >= 0 && wiring.includes(to))
  const wrong = known.filter(
    ({ from, isType }) => !(isType && from.startsWith('src/web/')) && !from.startsWith('src/cli/'),
  )
  expect(wrong.map(say)).toEqual([])
})

it('views import words, types and pure functions: no database, no file system, no Node', () => {
  const fromViews = imports.filter(({ from }) => from.startsWith('views/'))
  const wrong = fromViews.filter(({ to, isType }) => {
    if (to.startsWith('node:') || to === 'express' || to === 'better-sqlite3' || to === 'drizzle-orm')
      return true
    if (to.startsWith('src/db/')) return !isType
    return /^src\/\w+\/(store|queue|events|sessions|accounts)\.ts$/.test(to) && !isType && !isTypesAlone(to)
  })
  expect(wrong.map(say)).toEqual([])
})

/** `import { type A, type B }` counts as types too. */
function isTypesAlone(to: string): boolean {
  const clauses = [...textOf].flatMap(([from, text]) =>
    from.startsWith('views/')
      ? [...text.matchAll(/^import \{([^}]*)\} from '([^']+)'/gm)]
          .filter(([, , target = '']) => relative('.', join(dirname(from), target)) === to)
          .map(([, names = '']) => names)
      : [],
  )
  return clauses.every((names) =>
    names.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')),
  )
}

it.each([
  ['express', /^src\/(web\/|app\.ts$)/],
  ['sharp', /^src\/evidence\/image-child\.ts$/],
  ['better-sqlite3', /^src\/(db\/|web\/limits\.ts$)/],
  ['nodemailer', /^src\/outbox\//],
  ['argon2', /^src\/staff\/password\.ts$/],
])('%s is imported where it belongs and nowhere else', (library, where) => {
  const users = imports.filter(
    ({ to, isType }) => to.split('/').slice(0, 2).join('/').includes(library) && !isType,
  )
  expect(users.length).toBeGreaterThan(0)
  expect(users.filter(({ from }) => !where.test(from)).map(say)).toEqual([])
})

it('the environment is read by config alone: only entry points hand it over', () => {
  const readers = [...textOf].filter(([, text]) =>
    /process\.env/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
  )
  const entries = readers
    .map(([path]) => path)
    .filter((path) => path !== 'src/server.ts' && !path.startsWith('src/cli/'))
  expect(entries).toEqual([])
  for (const [path, text] of readers) {
    const uses = text.match(/.*process\.env.*/g) ?? []
    expect(
      uses.filter((use) => !use.includes('readConfig(process.env)') && !/^\s*(\*|\/)/.test(use)),
      path,
    ).toEqual([])
  }
})

it('nothing is written past the compiler: no any, no assertion, no leftovers of a search for a fault', () => {
  for (const [path, text] of textOf) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '')
    expect(code, path).not.toMatch(/console\.|\bdebugger\b|: any\b|as unknown\b|as any\b|@ts-/)
  }
})
