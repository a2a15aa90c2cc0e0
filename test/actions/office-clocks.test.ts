import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addClaimantMessage } from '../../src/actions/add-claimant-message.ts'
import { addStaff } from '../../src/actions/add-staff.ts'
import { changeRoyalty } from '../../src/actions/change-royalty.ts'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { needNoAnswer } from '../../src/actions/need-no-answer.ts'
import { reopenTakedown } from '../../src/actions/reopen-takedown.ts'
import { submitTakedown } from '../../src/actions/submit-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { withdrawTakedown } from '../../src/actions/withdraw-takedown.ts'
import { writeToClaimant } from '../../src/actions/write-to-claimant.ts'
import { Failure } from '../../src/lib/failures.ts'
import { clockStanding } from '../../src/takedowns/standing.ts'
import { isEnd } from '../../src/takedowns/statuses.ts'
import { findByReference, pagesOf } from '../../src/takedowns/store.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const acts = [
  'take_on',
  'letter',
  'question',
  'answer',
  'decide',
  'carry_out',
  'offer',
  'reopen',
  'withdraw',
  'no_answer',
  'money',
] as const

function submitted(app: TestApp, now: number): string {
  const result = submitTakedown(
    app.services.db,
    app.services.office,
    {
      key: randomUUID(),
      source: 'form',
      locale: 'en',
      name: 'Example',
      phone: { typed: '050-123-4567', e164: '+972501234567' },
      email: null,
      statement: null,
      capacity: null,
      pages: [{ reportedUrl: 'https://ashams.com/1', canonicalUrl: 'https://ashams.com/1' }],
      privacyVersion: '1',
      suspicion: null,
    },
    [],
    now,
  )
  if (result.kind === 'conflict') throw new Error('a conflict')
  return result.takedown.reference
}

function perform(app: TestApp, act: (typeof acts)[number], reference: string, now: number): void {
  const { db, office } = app.services
  const takedown = findByReference(db, reference)
  const target = { reference, version: takedown?.version ?? 0, now }
  const page = { pageId: pagesOf(db, takedown?.id ?? 0)[0]?.id ?? 0, keptGround: null, reason: 'x' }
  const message = { key: randomUUID(), body: 'x', isQuestion: act === 'question', staffId: 1 }
  const decide = (outcome: 'removed' | 'licensed', carriedOutAt: number | null) =>
    decideTakedown(db, office, target, [{ ...page, outcome, carriedOutAt }], 1)
  switch (act) {
    case 'take_on':
      takeOnTakedown(db, target, 1)
      break
    case 'letter':
    case 'question':
      writeToClaimant(db, office, target, message)
      break
    case 'answer':
      addClaimantMessage(db, office, reference, { key: randomUUID(), body: 'x', files: [] }, now)
      break
    case 'decide':
      decide('removed', null)
      break
    case 'carry_out':
      decide('removed', now)
      break
    case 'offer':
      decide('licensed', null)
      break
    case 'reopen':
      reopenTakedown(db, office, target, { reason: 'x', from: now }, 1)
      break
    case 'withdraw':
      withdrawTakedown(db, office, reference, now)
      break
    case 'no_answer':
      needNoAnswer(db, target, 1)
      break
    case 'money':
      changeRoyalty(db, target, { state: 'raised', amountMinor: null, currency: null, note: null }, 1)
  }
}

/** What is refused changes nothing; the walk goes on. */
function attempt(...walk: Parameters<typeof perform>): void {
  try {
    perform(...walk)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

it('whatever happens, the office owes something exactly while it has the ball', async () => {
  const app = await testApp()
  const { db, office, clock } = app.services
  const unusable = { passwordHash: 'x', passwordUntil: null }
  addStaff(db, { email: 'a@b.example', name: 'A', role: 'editor', locale: 'en', ...unusable }, 0)
  const step = fc.tuple(fc.constantFrom(...acts), fc.nat(100))
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (walk) => {
      let now = clock.now()
      const reference = submitted(app, now)
      for (const [act, hours] of walk) {
        now += hours * 3_600_000
        attempt(app, act, reference, now)
        const takedown = findByReference(db, reference)
        if (!takedown) throw new Error('a takedown is lost')
        const { status, nextDueAt, waitingSince, unansweredSince } = takedown
        const waits = status === 'awaiting_claimant'
        expect(nextDueAt === null).toBe(isEnd(status) || waits)
        expect(waitingSince !== null).toBe(waits)
        expect(clockStanding(takedown, now, office.calendar).kind === 'none').toBe(isEnd(status))
        if (unansweredSince !== null) expect(unansweredSince).toBeLessThanOrEqual(now)
      }
    }),
    { numRuns: 60 },
  )
})
