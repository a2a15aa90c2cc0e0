import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { screenshots, secondFactors } from '../../src/db/schema.ts'
import { examineDns } from '../../src/doctor/examine-dns.ts'
import { levels } from '../../src/doctor/finding.ts'
import { startMailServer } from '../outbox/rig.ts'
import { builtCli } from '../support/built-cli.ts'
import { staffIdOf } from '../support/claimant.ts'
import { pngOf } from '../support/images.ts'
import { imapServer } from '../support/imap-server.ts'
import { testApp } from '../support/test-app.ts'

const report = z.object({
  healthy: z.boolean(),
  findings: z.array(z.object({ check: z.string(), level: z.enum(levels), what: z.string(), do: z.string() })),
})

async function doctor(dataDir: string, environment: Record<string, string> = {}, words: string[] = []) {
  const ran = await builtCli(['doctor', '--json', ...words], { DATA_DIR: dataDir, ...environment })
  const { findings, healthy } = report.parse(JSON.parse(ran.out))
  const faults = findings
    .filter(({ level }) => level === 'fault')
    .map(({ check, what }) => `${check}: ${what}`)
  return { ...ran, findings, healthy, faults }
}

it('finds nothing to mend beside a running server, and names nobody', async () => {
  const app = await testApp()
  await app.submit({ name: 'Somebody Named', email: 'somebody@example.org' })
  await app.letters(2)
  const { code, faults, healthy, out, findings } = await doctor(app.dataDir, {}, ['--offline'])
  expect({ code, faults, healthy }).toEqual({ code: 0, faults: [], healthy: true })
  // What could be better and what may go wrong is told, and ends with 0 all the same.
  const told = new Set(findings.map(({ level }) => level))
  expect([...told].sort()).toEqual(['advice', 'ok', 'warning'])
  expect(out).not.toMatch(/Somebody|somebody@|050-?123/)
  const words = await builtCli(['doctor', '--offline'], { DATA_DIR: app.dataDir })
  expect(words).toMatchObject({ code: 0, out: expect.stringMatching(/^database\n {2}ok/m) })
  expect(await builtCli(['doctor', '--nonsense'], { DATA_DIR: app.dataDir })).toMatchObject({ code: 2 })
})

it('names damaged and missing evidence, an open key, one that is gone and a trigger that is gone', async () => {
  const app = await testApp()
  await app.submit()
  await app.submit({
    submission: 'second-submission-key',
    files: [{ name: 'b.png', content: await pngOf(30, 30) }],
  })
  const [first, second] = app.services.db.select().from(screenshots).all()
  const original = (sha256 = '') => join(app.dataDir, 'evidence/originals', sha256.slice(0, 2), sha256)
  await writeFile(original(first?.sha256), 'something else')
  await rm(original(second?.sha256))
  await chmod(join(app.dataDir, 'keys/access.key'), 0o644)
  app.services.db.$client.exec('DROP TRIGGER events_no_delete')
  await app.signIn()
  const factor = { staffId: staffIdOf(app), sealedSecret: 'x', lastStep: 0, setAt: 0 }
  app.services.db.insert(secondFactors).values(factor).run()
  await rm(join(app.dataDir, 'keys/second-factor.key'))
  const { code, faults } = await doctor(app.dataDir, {}, ['--offline'])
  expect(code).toBe(1)
  for (const told of [
    `${first?.sha256} is damaged`,
    `${second?.sha256} is missing`,
    'others can read keys/access.key',
    'trigger events_no_delete is missing',
    'keys/second-factor.key is missing',
  ]) {
    expect(faults.filter((fault) => fault.includes(told))).toHaveLength(1)
  }
})

it('says what is wrong where there is no database, and one that is none', async () => {
  const app = await testApp()
  const empty = join(app.dataDir, 'elsewhere')
  await mkdir(empty)
  expect((await doctor(empty, {}, ['--offline'])).faults).toEqual([
    expect.stringContaining('takedowns.sqlite is not there'),
  ])
  await writeFile(join(empty, 'takedowns.sqlite'), 'not a database'.repeat(100))
  expect(await doctor(empty, {}, ['--offline'])).toMatchObject({
    code: 1,
    faults: expect.arrayContaining([expect.stringMatching(/^database: /)]),
  })
  expect(await readdir(empty)).toEqual(['takedowns.sqlite'])
})

it('signs in at the mail servers and sends nothing; wrong passwords and dead servers are faults', async () => {
  const app = await testApp()
  const mail = await startMailServer({
    onAuth: ({ password }, _session, callback) =>
      password === 'right' ? callback(null, { user: 'u' }) : callback(new Error('no')),
  })
  const mailbox = await imapServer()
  const smtp = (password: string) => mail.url.replace('//', `//u:${password}@`)
  const good = await doctor(app.dataDir, {
    SMTP_URL: smtp('right'),
    IMAP_URL: mailbox.url,
    MAIL_FROM: 'a@x.invalid',
  })
  expect(good.faults).toEqual([])
  expect(good.findings).toContainEqual(expect.objectContaining({ check: 'imap', level: 'ok' }))
  expect(good.findings).toContainEqual(expect.objectContaining({ check: 'smtp', level: 'ok' }))
  expect(mail.taken).toEqual([])
  const wrong = {
    SMTP_URL: smtp('wrong'),
    IMAP_URL: 'imap://u:p@127.0.0.1:1/INBOX',
    MAIL_FROM: 'a@x.invalid',
  }
  const bad = await doctor(app.dataDir, wrong)
  expect(bad.faults).toEqual([
    expect.stringContaining('smtp: the server refuses user or password'),
    expect.stringContaining('imap: no mailbox: ECONNREFUSED'),
  ])
})

it('a DNS that does not answer is no fault; missing records are advice', async () => {
  const silent = () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }))
  const none = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENODATA' }))
  const unanswered = await examineDns('publisher.example', { resolveMx: silent, resolveTxt: silent })
  expect(unanswered).toMatchObject([{ level: 'advice', what: expect.stringContaining('could not be asked') }])
  const bare = await examineDns('publisher.example', { resolveMx: none, resolveTxt: none })
  expect(bare.map(({ level }) => level)).toEqual(['advice', 'advice', 'advice'])
  const good = await examineDns('publisher.example', {
    resolveMx: async () => [{ exchange: 'mx.publisher.example' }],
    resolveTxt: async (name) => [[name.startsWith('_dmarc.') ? 'v=DMARC1; p=reject' : 'v=spf1 -all']],
  })
  expect(good.map(({ level }) => level)).toEqual(['ok'])
})
