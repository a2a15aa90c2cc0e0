import { and, eq, like } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { holdRestored } from '../../src/actions/hold-restored.ts'
import { events, outgoingMessages } from '../../src/db/schema.ts'
import { heldByRestore } from '../../src/outbox/held.ts'
import { canaryKind } from '../../src/outbox/store.ts'
import { findByReference } from '../../src/takedowns/store.ts'
import { enqueue } from '../outbox/rig.ts'
import { readPage } from '../support/read-page.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

/** `count` letters that a restored database holds, two about each takedown, and a canary. */
async function held(count: number) {
  const app = await testApp()
  const { db } = app.services
  const sent = []
  for (let n = 0; n < 2; n++) sent.push(await app.submit({ submission: `submission-of-${n}` }))
  await app.letters(4)
  // The server has them a moment before the outbox has written down that it does.
  await expect.poll(() => statesOf(app, '%')).toEqual(['submitted'])
  const ids = sent.map(({ reference }) => findByReference(db, reference)?.id ?? 0)
  const later = app.clock.now() + 3_600_000
  for (let n = 0; n < count; n++) {
    enqueue(db, { takedownId: n < 4 ? (ids[n % 2] ?? null) : null, subject: `Held ${n}`, now: later })
  }
  enqueue(db, { kind: canaryKind, dedupeKey: `${canaryKind}:1`, now: later })
  holdRestored(db, '2026-11-01', app.clock.now())
  return { app, db, sent, ids, cookie: await app.signIn() }
}

const statesOf = ({ services }: TestApp, what = 'Held %') =>
  services.db
    .selectDistinct({ state: outgoingMessages.state })
    .from(outgoingMessages)
    .where(like(outgoingMessages.subject, what))
    .all()
    .map(({ state }) => state)

const canaryOf = ({ services }: TestApp) =>
  services.db.select().from(outgoingMessages).where(eq(outgoingMessages.kind, canaryKind)).get()

it('letters that a restore held are counted apart from those that failed', async () => {
  const { app, db } = await held(5)
  enqueue(db, { subject: 'Failed by itself' })
  db.update(outgoingMessages)
    .set({ state: 'failed', lastReply: '550 no' })
    .where(eq(outgoingMessages.subject, 'Failed by itself'))
    .run()
  expect(await (await app.get('/readyz')).json()).toMatchObject({ mail: { failed: 1, held: 5 } })
  const metrics = await (await app.get('/metrics')).text()
  expect(metrics).toMatch(/^outbox_failed_letters 1$/m)
  expect(metrics).toMatch(/^outbox_held_letters 5$/m)
  expect(metrics).toMatch(/^outbox_letters\{state="failed"\} 1$/m)
  expect(metrics).toMatch(/^outbox_letters\{state="held"\} 5$/m)
})

it('all letters that a restore held are found gone at once, with one event for each takedown', async () => {
  const { app, db, sent, ids, cookie } = await held(5)
  enqueue(db, { subject: 'Failed by itself' })
  db.update(outgoingMessages)
    .set({ state: 'failed', lastReply: '550 no' })
    .where(eq(outgoingMessages.subject, 'Failed by itself'))
    .run()
  const page = await readPage(await app.get('/staff/mail', { cookie }))
  expect(page.text).toContain('5 letters are held since the restore')
  const settle = () => app.post('/staff/mail/departures', new URLSearchParams(), { cookie })
  expect((await settle()).status).toBe(303)
  expect((await settle()).status).toBe(409)
  expect(statesOf(app)).toEqual(['submitted'])
  expect(statesOf(app, 'Failed by itself')).toEqual(['failed'])
  expect(canaryOf(app)).toMatchObject({ state: 'failed', lastReply: heldByRestore })
  for (const id of ids) {
    const recorded = db
      .select()
      .from(events)
      .where(and(eq(events.takedownId, id), eq(events.type, 'letters_found_gone')))
    expect(recorded.all()).toMatchObject([{ actor: 'staff', detail: expect.stringMatching(/\[\d+,\d+\]/) }])
  }
  const history = await readPage(await app.get(`/staff/takedowns/${sent[0]?.reference}`, { cookie }))
  expect(history.text).toContain('Letters were found to have gone out before the restore')
  expect((await readPage(await app.get('/staff/mail', { cookie }))).text).not.toContain('held since')
  await app.submit({ submission: 'one-more-of-them' })
  expect(await app.letters(6)).toHaveLength(6)
})

it('the desk tells them from letters that could not be sent', async () => {
  const { db, app, cookie } = await held(3)
  const desk = async () => (await readPage(await app.get('/staff', { cookie }))).text
  expect(await desk()).toContain('3 letters have been waiting for your decision since the restore.')
  expect(await desk()).not.toContain('could not be sent')
  db.update(outgoingMessages).set({ lastReply: '550 no' }).where(eq(outgoingMessages.subject, 'Held 0')).run()
  expect(await desk()).toContain('One letter could not be sent.')
  expect(await desk()).toContain('2 letters have been waiting for your decision since the restore.')
  await app.post('/staff/mail/departures', new URLSearchParams(), { cookie })
  expect(await desk()).not.toContain('waiting for your decision')
})

it('or all of them go out again, each once', async () => {
  const { app, db, ids, cookie } = await held(5)
  expect((await app.post('/staff/mail/requeues', new URLSearchParams(), { cookie })).status).toBe(303)
  const subjects = (await app.letters(9)).map(({ subject }) => subject)
  expect(subjects.filter((subject) => subject?.startsWith('Held ')).sort()).toEqual(
    [0, 1, 2, 3, 4].map((n) => `Held ${n}`),
  )
  expect(canaryOf(app)?.state).toBe('failed')
  const recorded = db.select().from(events).where(eq(events.type, 'letters_requeued')).all()
  expect(recorded.map(({ takedownId }) => takedownId)).toEqual(ids)
})

it('one letter that was found gone stands in the history of its takedown', async () => {
  const { app, db, sent, cookie } = await held(1)
  const id = db.select().from(outgoingMessages).where(eq(outgoingMessages.subject, 'Held 0')).get()?.id
  await app.post(`/staff/mail/${id}/departure`, new URLSearchParams(), { cookie })
  const history = await readPage(await app.get(`/staff/takedowns/${sent[0]?.reference}`, { cookie }))
  expect(history.text).toContain('A letter was found to have gone out before the restore')
})

it('viewers see them and decide nothing, and no other site decides for anybody', async () => {
  const { app, cookie } = await held(2)
  const viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
  const seen = await readPage(await app.get('/staff/mail', { cookie: viewer }))
  expect(seen.text).toContain('2 letters are held since the restore')
  expect(seen.html).not.toContain('/staff/mail/departures')
  for (const act of ['departures', 'requeues']) {
    const post = (headers: Record<string, string>) =>
      app.post(`/staff/mail/${act}`, new URLSearchParams(), headers)
    expect((await post({ cookie: viewer })).status).toBe(403)
    expect((await post({ cookie, origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await post({})).headers.get('location')).toMatch(/^\/staff\/sign-in/)
  }
  expect(statesOf(app)).toEqual(['failed'])
})

it('many letters come in parts, and who decides on one comes back to the same part', async () => {
  const { app, cookie } = await held(120)
  const show = async (path: string) => readPage(await app.get(path, { cookie }))
  const links = (html: string, rel: string) => new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1] ?? ''
  const departures = (html: string) => [...html.matchAll(/action="(\/staff\/mail\/\d+\/departure[^"]*)"/g)]
  const first = await show('/staff/mail')
  const second = await show(links(first.html, 'next'))
  const third = await show(links(second.html, 'next'))
  expect([first, second, third].map(({ html }) => departures(html).length)).toEqual([50, 50, 20])
  expect(links(first.html, 'prev')).toBe('')
  expect(links(second.html, 'prev')).toBe('/staff/mail')
  expect(links(third.html, 'prev')).toBe(links(first.html, 'next'))
  expect(links(third.html, 'next')).toBe('')
  const act = departures(second.html)[0]?.[1] ?? ''
  const answer = await app.post(act, new URLSearchParams(), { cookie })
  expect(answer.headers.get('location')).toBe(links(first.html, 'next'))
  const beyond = await app.get('/staff/mail?after=999999', { cookie })
  expect(beyond.headers.get('location')).toBe('/staff/mail')
})
