import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCiphers } from 'node:tls'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'
import { testApp } from '../support/test-app.ts'

const read = (...path: string[]) => readFileSync(join(projectRoot, ...path), 'utf8')
const config = read('src', 'config.ts')
const known = new Set([...config.matchAll(/^ {2}([A-Z][A-Z_0-9]+):/gm)].map(([, name = '']) => name))
const withoutFile = (name: string) => (known.has(name) ? name : name.replace(/_FILE$/, ''))

/** Of the shell, Node and systemd, not ours. */
const ofOthers = ['NODE_ENV', 'UV_THREADPOOL_SIZE']

it('every metric that the alert rules name is exported', async () => {
  const app = await testApp({ IMAP_URL: 'imap://user:word@127.0.0.1:9/INBOX' })
  const text = await (await app.get('/metrics')).text()
  const exported = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name))
  const expressions = read('deploy', 'alerts.yml').match(/expr: .*/g) ?? []
  const named = expressions
    .flatMap((line) => line.match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? [])
    .filter((name) => !name.startsWith('histogram_'))
    .map((name) => name.replace(/(?<=duration_seconds)_(count|bucket|sum)$/, ''))
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !exported.has(name))).toEqual([])
})

it('every check and status that the alert rules name is one of ours', async () => {
  const app = await testApp()
  const text = await (await app.get('/metrics')).text()
  const selectors = read('deploy', 'alerts.yml').match(/check="[a-z]+"/g) ?? []
  expect(selectors.length).toBeGreaterThan(4)
  for (const selector of selectors) expect(text).toContain(`ready_check{${selector}}`)
})

it('every variable that deploy/ sets is one of ours', () => {
  const set = [
    ...read('deploy', 'rightsdesk.service').matchAll(/^Environment=([A-Z_]+)=/gm),
    ...read('deploy', 'environment').matchAll(/^([A-Z_]+)=/gm),
    ...read('deploy', 'rightsdesk-cli').matchAll(/(?<=-E )([A-Z_]+)=/g),
    ...read('deploy', 'compose.yml').matchAll(/^ {6}([A-Z_]+):/gm),
    ...read('deploy', 'Dockerfile').matchAll(/(?<=^ENV .*)\b([A-Z_]+)=/gm),
  ].map(([, name = '']) => name)
  expect(set.length).toBeGreaterThan(10)
  const wrong = set.filter((name) => !ofOthers.includes(name) && !known.has(withoutFile(name)))
  expect(wrong).toEqual([])
})

it('README names every variable, and no other', () => {
  const table = read('README.md').split('## Environment')[1]?.split('\n## ')[0] ?? ''
  const named = [...table.matchAll(/^\| (`[A-Z].*?) \|/gm)]
    .flatMap(([, cell = '']) => cell.match(/[A-Z][A-Z_0-9]+/g) ?? [])
    .sort()
  const languages = ['SITE_NAME_AR', 'SITE_NAME_HE', 'SITE_NAME_EN']
  expect(named).toEqual([...known].filter((name) => !languages.includes(name)).sort())
})

it('the proxies let the largest form through that the server takes', () => {
  const defaultOf = (name: string) =>
    Number(new RegExp(`${name}: wholeNumber\\(.*default\\((\\d+)\\)`).exec(config)?.[1])
  const most = defaultOf('MAX_UPLOAD_MB') * defaultOf('MAX_FILES')
  expect(most).toBeGreaterThan(0)
  const nginx = Number(/client_max_body_size (\d+)m;/.exec(read('deploy', 'nginx.conf'))?.[1])
  const caddy = Number(/max_size (\d+)MB/.exec(read('deploy', 'Caddyfile'))?.[1])
  // The texts of a form, and that a megabyte is a million bytes for Caddy.
  for (const limit of [nginx, caddy]) expect(limit).toBeGreaterThanOrEqual(Math.ceil(most * 1.05) + 2)
})

it('nginx takes TLS 1.2 and 1.3 alone, by suites that are forward secret and authenticated', () => {
  const set = (name: string) => new RegExp(`^ *${name} (.*);$`, 'm').exec(read('deploy', 'nginx.conf'))?.[1]
  expect(set('ssl_protocols')).toBe('TLSv1.2 TLSv1.3')
  const ciphers = set('ssl_ciphers')?.split(':') ?? []
  expect(ciphers).toHaveLength(6)
  const known = getCiphers()
  for (const cipher of ciphers) {
    expect(cipher).toMatch(/^ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA\d+|CHACHA20-POLY1305)$/)
    expect(known).toContain(cipher.toLowerCase())
  }
})

it('the proxies add no header that the server sends by itself', async () => {
  const app = await testApp({ BASE_URL: 'https://rights.example.org' })
  const sent = [...(await app.get('/en')).headers.keys()]
  expect(sent).toContain('strict-transport-security')
  const added = [
    ...read('deploy', 'nginx.conf').matchAll(/^\s*add_header\s+(\S+)/gm),
    ...read('deploy', 'Caddyfile').matchAll(/^\s*header(?:\s+[/*@]\S*)?\s+[+>?]?(\w\S*)/gm),
  ].map(([, name = '']) => name.toLowerCase())
  expect(added.filter((name) => sent.includes(name))).toEqual([])
})

it('the guide names files that are there and commands of package.json', () => {
  const guide = read('deploy', 'README.md')
  const files = readdirSync(join(projectRoot, 'deploy'))
  for (const [, name = ''] of guide.matchAll(/\]\(([\w.-]+)\)/g)) expect(files).toContain(name)
  for (const name of files.filter((name) => !['README.md', 'litestream.yml'].includes(name)))
    expect(guide).toContain(name)
})

it('the command line works as the service does: the same user, directory, environment and secrets', () => {
  const unit = read('deploy', 'rightsdesk.service')
  const cli = read('deploy', 'rightsdesk-cli')
  const shared = unit.match(
    /^(User|DynamicUser|UMask|StateDirectoryMode|WorkingDirectory|EnvironmentFile|LoadCredential)=.*/gm,
  )
  expect(shared).toHaveLength(6)
  for (const line of shared ?? []) expect(cli).toContain(`-p ${line}`)
  expect(unit).toContain('Environment=DATA_DIR=/var/lib/rightsdesk')
  expect(cli).toContain('-E DATA_DIR=/var/lib/rightsdesk ')
  // systemd names the user after the unit, the transient one must be told.
  expect(cli).toContain('-p User=rightsdesk ')
})

it('the log of the container has an end', () => {
  const [, logging = ''] = /^ {4}logging:\n((?: {6}.*\n)+)/m.exec(read('deploy', 'compose.yml')) ?? []
  const [size, files] = ['max-size: (\\d+)m$', "max-file: '(\\d+)'$"].map((line) =>
    Number(new RegExp(line, 'm').exec(logging)?.[1]),
  )
  expect(logging).toMatch(/^ {6}driver: local$/m)
  expect(Number(size) * Number(files)).toBeLessThanOrEqual(1000)
  expect(read('deploy', 'README.md')).toContain(`of ${size} MB in \`compose.yml\``)
})

it('the history of the source is out of reach where the program runs', () => {
  expect(read('deploy', 'rightsdesk.service')).toMatch(/^InaccessiblePaths=-\/opt\/rightsdesk\/\.git$/m)
  expect(read('deploy', 'Dockerfile.dockerignore')).toMatch(/^\.git$|^\*$/m)
})

it('a stop may take as long as the server takes', () => {
  expect(read('deploy', 'rightsdesk.service')).toContain('TimeoutStopSec=35')
  expect(read('deploy', 'compose.yml')).toContain('stop_grace_period: 35s')
  expect(read('deploy', 'rightsdesk.service')).toContain('RestartPreventExitStatus=78')
})
