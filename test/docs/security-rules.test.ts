import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableName, isTable } from 'drizzle-orm'
import { expect, it } from 'vitest'
import * as schema from '../../src/db/schema.ts'
import { mailLimits } from '../../src/inbox/parse.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { sessionLimits } from '../../src/staff/sessions.ts'
import { currencies } from '../../src/takedowns/licence-terms.ts'
import { mostPages } from '../../src/web/forms/takedown-form.ts'
import { longestText } from '../../src/web/forms/typed-text.ts'

const page = readFileSync(join(projectRoot, 'docs/security-rules.md'), 'utf8')
const sectionOf = (title: string) => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''

const source = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(join(projectRoot, 'src', path), 'utf8'))
  .join('\n')

/** What stands between the quotes of the first group, each once. */
const named = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))]

it('every table of the database stands in a class of data', () => {
  const tables = Object.values(schema).flatMap((one) => (isTable(one) ? [getTableName(one)] : []))
  expect(tables.length).toBeGreaterThan(20)
  expect(tables.filter((name) => !sectionOf('Data').includes(`\`${name}\``))).toEqual([])
})

it('every key file and every algorithm that the program uses stands in the inventory', () => {
  const inventory = sectionOf('Keys and algorithms')
  const files = named(/'([a-z][\w-]*\.(?:key|pem))'/g)
  expect(files.sort()).toEqual(['access.key', 'clients.key', 'receipt-ed25519.pem', 'second-factor.key'])
  const algorithms = named(/(?:createHash|createHmac|createCipheriv|generateKeyPairSync)\('([\w-]+)'/g)
  // As the inventory writes them; a new one is to be written there first.
  const written = { sha256: 'SHA-256', 'aes-256-gcm': 'AES-256-GCM', ed25519: 'Ed25519' }
  expect(algorithms.sort()).toEqual(Object.keys(written).sort())
  const needed = [
    ...files.map((file) => `\`keys/${file}\``),
    ...Object.values(written),
    'argon2id',
    'HMAC-SHA-1',
  ]
  expect(needed.filter((name) => !inventory.includes(name))).toEqual([])
})

it('the numbers are those of the code', () => {
  const inputs = sectionOf('Inputs')
  const { bytes, files, depth } = mailLimits
  for (const said of [
    `1 to ${mostPages} pages`,
    `up to ${longestText.toLocaleString('en')} |`,
    `${bytes / 1024 / 1024} MiB, ${files} files, ${depth} levels`,
    `${currencies.slice(0, -1).join(', ')} or ${currencies.at(-1)}`,
  ])
    expect(inputs).toContain(said)
  expect([sessionLimits.idleMs, sessionLimits.absoluteMs].map((ms) => ms / 3_600_000)).toEqual([12, 7 * 24])
  expect(sectionOf('Why sessions end when they do')).toContain('twelve hours without a request, seven days')
})
