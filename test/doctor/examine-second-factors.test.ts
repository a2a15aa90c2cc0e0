import { randomBytes } from 'node:crypto'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { setSecondFactor } from '../../src/actions/set-second-factor.ts'
import { examineModes } from '../../src/doctor/examine-machine.ts'
import { examineSecondFactors } from '../../src/doctor/examine-second-factors.ts'
import { newRecoveryCodes } from '../../src/staff/password.ts'
import { newFactorSecret } from '../../src/staff/second-factor.ts'
import { staffIdOf } from '../support/claimant.ts'
import { codeOfApp } from '../support/code-of-app.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

function setFactor({ services, clock }: TestApp, staffId: number) {
  const secret = newFactorSecret()
  const code = codeOfApp(secret, clock.now())
  const factor = { key: services.factorKey, secret, code, recoveryCodes: newRecoveryCodes() }
  setSecondFactor(services.db, staffId, factor, clock.now())
}

it('the key of the second factors is asked for once an account has one', async () => {
  const app = await testApp()
  const { db } = app.services
  const key = join(app.dataDir, 'keys/second-factor.key')
  const whatIsSaid = () => examineSecondFactors(db, app.dataDir)
  await app.signIn()
  expect(whatIsSaid()).toEqual([])
  setFactor(app, staffIdOf(app))
  expect(whatIsSaid()).toMatchObject([{ level: 'ok', what: '1 account has one' }])

  await writeFile(key, `${randomBytes(32).toString('hex')}\n`)
  expect(whatIsSaid()).toMatchObject([
    { level: 'fault', what: expect.stringContaining('does not open what 1 account signs in with') },
  ])
  await writeFile(key, 'no key\n')
  expect(whatIsSaid()).toMatchObject([{ level: 'fault' }])
  await rm(key)
  expect(whatIsSaid()).toMatchObject([
    {
      level: 'fault',
      what: 'keys/second-factor.key is missing: 1 account cannot sign in',
      do: expect.stringContaining('reset-second-factor'),
    },
  ])
  db.$client.exec('DROP TABLE second_factors')
  expect(whatIsSaid()).toEqual([])
})

it('others who can read it are a fault, as with every key', async () => {
  const app = await testApp()
  await chmod(join(app.dataDir, 'keys/second-factor.key'), 0o640)
  const faults = (await examineModes(app.dataDir, true)).filter(({ level }) => level === 'fault')
  expect(faults).toMatchObject([{ what: 'others can read keys/second-factor.key' }])
})
