import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { holdRestored } from '../../src/actions/hold-restored.ts'
import { chooseForMail, dueChoices, undoMs } from '../../src/actions/settle-mail.ts'
import {
  canaries,
  incomingMessages,
  outgoingMessages,
  pendingActs,
  staff,
  staffSessions,
} from '../../src/db/schema.ts'
import { heldByRestore } from '../../src/outbox/held.ts'
import { canaryKind } from '../../src/outbox/store.ts'
import { findByReference } from '../../src/takedowns/store.ts'
import { enqueue } from '../outbox/rig.ts'
import { letGoOut, sendPreviewed } from '../support/letters.ts'
import { mailOf, receive } from '../support/mail.ts'
import { readPage } from '../support/read-page.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const today = '2026-11-05'
const hold = ({ services }: TestApp) => holdRestored(services.db, today, services.clock.now())

it('P9: what waited to be undone at the backup is a draft again and does not go out', async () => {
  const app = await testApp()
  const cookie = await app.signIn()
  const { reference } = await app.submit()
  await app.letters(2)
  const at = `/staff/takedowns/${reference}`
  const post = (act: string, values: Record<string, string>) => {
    const version = String(findByReference(app.services.db, reference)?.version)
    return app.post(`${at}/${act}`, new URLSearchParams({ version, ...values }), { cookie })
  }
  await post('assignment', {})
  await sendPreviewed(app, await post('messages', { body: 'Words that wait' }), cookie)
  expect(app.services.db.select().from(pendingActs).all()).toHaveLength(1)
  expect(hold(app)).toMatchObject({ acts: 1, sessions: 1 })
  expect(letGoOut(app)).toEqual([])
  const again = await app.post(
    '/staff/sign-in',
    new URLSearchParams({ email: 'staff@example.org', password: 'correct horse battery' }),
  )
  const cookieAgain = again.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const page = await readPage(await app.get(at, { cookie: cookieAgain }))
  expect(page.values('body')).toEqual(['Words that wait'])
  expect(page.text).toContain('restored from a backup')
  expect(await app.letters(2)).toHaveLength(2)
})

it('P9: what was chosen for a mail is chosen by nobody any more', async () => {
  const app = await testApp()
  const { db, clock } = app.services
  await app.signIn()
  const mail = await receive(app, await mailOf({ text: 'It names no page.', subject: 'A question' }))
  const staffId = db.select().from(staff).get()?.id ?? 0
  expect(chooseForMail(db, mail.id, { act: 'make', staffId }, clock.now())).toBe('chosen')
  hold(app)
  app.clock.pass(undoMs)
  expect(dueChoices(db, clock.now())).toEqual([])
  const row = db.select().from(incomingMessages).where(eq(incomingMessages.id, mail.id)).get()
  expect(row).toMatchObject({ standing: mail.standing, chosenAct: null, takedownId: null })
})

it('P9: today’s digest counts as sent, canaries begin anew, everybody signs in again', async () => {
  const app = await testApp()
  const { db } = app.services
  const cookie = await app.signIn()
  db.insert(canaries)
    .values({ door: 'mail', token: 'token', sentAt: 1, seenAt: 1, fault: 'late' })
    .onConflictDoUpdate({ target: canaries.door, set: { token: 'token', sentAt: 1, fault: 'late' } })
    .run()
  hold(app)
  expect(db.select({ digestDay: staff.digestDay }).from(staff).all()).toEqual([{ digestDay: today }])
  expect(db.select().from(canaries).where(eq(canaries.door, 'mail')).get()).toMatchObject({
    token: null,
    sentAt: null,
    fault: null,
  })
  expect(db.select().from(staffSessions).all()).toEqual([])
  expect((await app.get('/staff', { cookie })).headers.get('location')).toContain('/staff/sign-in')
})

it.each(['queued', 'submitting', 'uncertain', 'failed', 'submitted'] as const)(
  'P9: a letter that was %s at the backup does not go out by itself',
  async (state) => {
    const app = await testApp()
    const { db } = app.services
    const later = app.clock.now() + 3_600_000
    enqueue(db, { subject: 'Letter', now: later })
    enqueue(db, { kind: canaryKind, subject: 'Canary', now: later })
    db.update(outgoingMessages).set({ state, lastReply: 'as it was' }).run()
    const mayHaveGone = ['queued', 'submitting', 'uncertain'].includes(state)
    expect(hold(app).letters).toBe(mayHaveGone ? 1 : 0)
    const letter = db.select().from(outgoingMessages).where(eq(outgoingMessages.subject, 'Letter')).get()
    expect(letter).toMatchObject(
      mayHaveGone
        ? { state: 'failed', lastReply: heldByRestore, leaseToken: null }
        : { state, lastReply: 'as it was' },
    )
  },
)
