import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ConfigRefused, readConfig } from '../src/config.ts'

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-config-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'value')
  await writeFile(path, content)
  return path
}

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigRefused) return error.faults
    throw error
  }
}

it('an empty environment gives the defaults that the README tells', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    baseUrl: null,
    dataDir: resolve('data'),
    site: { hosts: ['ashams.com'], infoAddress: 'info@ashams.com' },
    mailFrom: 'info@ashams.com',
    smtpUrl: null,
    defaultLocale: 'ar',
    calendar: { timeZone: 'Asia/Jerusalem' },
    limits: { maxUploadBytes: 10 * 1024 * 1024, maxFiles: 5, submissionsPerHour: 20 },
  })
})

it('every fault is named at once, and no value is repeated', () => {
  const faults = faultsOf({
    PORT: '70000',
    BASE_URL: 'https://example.org/desk',
    SMTP_URL: 'http://user:secret-word@example.org',
    SITE_HOSTS: 'https://example.org',
    DEFAULT_LOCALE: 'fr',
    WORK_WEEK: 'someday',
    MAX_FILES: '-1',
  })
  const named = faults.map((fault) => fault.split(':')[0]).sort()
  expect(named).toEqual([
    'BASE_URL',
    'DEFAULT_LOCALE',
    'MAX_FILES',
    'PORT',
    'SITE_HOSTS',
    'SMTP_URL',
    'WORK_WEEK',
  ])
  expect(faults.join('\n')).not.toContain('secret-word')
})

it('any value may come from a file, without its last line end', async () => {
  const path = await fileWith('smtp://user:word@127.0.0.1:2525\n')
  expect(readConfig({ SMTP_URL_FILE: path }).smtpUrl).toBe('smtp://user:word@127.0.0.1:2525')
  expect(faultsOf({ SMTP_URL_FILE: path, SMTP_URL: 'smtp://127.0.0.1' })).toHaveLength(1)
  expect(faultsOf({ INFO_ADDRESS_FILE: `${path}-not-there` })).toEqual(['INFO_ADDRESS_FILE: cannot be read'])
})

it('holidays come from their file, and a wrong line is named', async () => {
  const good = await fileWith('# example\n2026-12-25\n')
  expect([...readConfig({ HOLIDAYS_FILE: good }).calendar.holidays]).toEqual(['2026-12-25'])
  const [fault] = faultsOf({ HOLIDAYS_FILE: await fileWith('2026-13-40\n') })
  expect(fault).toMatch(/^HOLIDAYS_FILE: /)
})

it('the office looks, decides and carries out within days of its own choosing', () => {
  expect(readConfig({})).toMatchObject({
    firstLookWorkingDays: 1,
    decisionWorkingDays: 3,
    carryOutWorkingDays: 1,
  })
  expect(readConfig({ FIRST_LOOK_WORKING_DAYS: '2', CARRY_OUT_WORKING_DAYS: '5' })).toMatchObject({
    firstLookWorkingDays: 2,
    carryOutWorkingDays: 5,
  })
  expect(() => readConfig({ FIRST_LOOK_WORKING_DAYS: '0' })).toThrow('FIRST_LOOK_WORKING_DAYS')
})
