import { beforeEach, describe, expect, it } from 'vitest'
import { readEvents } from '../../src/takedowns/events.ts'
import { mayMoveRoyalty, royaltyMoves, royaltyStates } from '../../src/takedowns/royalty.ts'
import { openAs, takedownOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { type Submitted, type TestApp, testApp } from '../support/test-app.ts'

describe('money for past use', () => {
  let app: TestApp
  let sent: Submitted
  let cookie: string
  beforeEach(async () => {
    app = await testApp()
    cookie = await app.signIn()
    sent = await app.submit()
  })
  const at = (rest = '') => `/staff/takedowns/${sent.reference}${rest}`
  const record = (values: Record<string, string>, who = cookie, version = takedownOf(app, sent).version) =>
    app.post(
      at('/royalty'),
      new URLSearchParams({ version: String(version), 'royalty-currency': 'ILS', ...values }),
      { cookie: who },
    )
  const row = () =>
    app.services.db.$client
      .prepare<[], { state: string; amount_minor: number | null }>('SELECT * FROM royalties')
      .get()

  it('moves by its own table, and leaves the takedown where it is', async () => {
    expect((await record({ 'royalty-state': 'raised', 'royalty-note': 'asks for more' })).status).toBe(303)
    const offered = { 'royalty-state': 'offered', 'royalty-amount': '٣٠٠٫٥٠', 'royalty-currency': 'JOD' }
    expect((await record(offered)).status).toBe(303)
    expect(row()).toMatchObject({ state: 'offered', amount_minor: 30_050 })
    expect((await record({ 'royalty-state': 'paid', 'royalty-amount': '300' })).status).toBe(409)
    expect((await record({ 'royalty-state': 'agreed', 'royalty-amount': '' })).status).toBe(422)
    expect((await record({ 'royalty-state': 'agreed', 'royalty-amount': 'much' })).status).toBe(422)
    expect((await record({ 'royalty-state': 'stolen' })).status).toBe(422)
    expect(row()).toMatchObject({ state: 'offered' })
    expect(takedownOf(app, sent).status).toBe('received')
    const page = await readPage(await app.get(at(), { cookie }))
    expect(page.text).toContain('300.50 JOD')
    expect(page.text).toContain('Money for past use: recorded')
  })

  it('keeps in its history what was offered, whatever is said later', async () => {
    await record({ 'royalty-state': 'offered', 'royalty-amount': '300' })
    await record({ 'royalty-state': 'agreed', 'royalty-amount': '450.50' })
    const amounts = readEvents(app.services.db, takedownOf(app, sent).id).flatMap((event) =>
      event.type === 'royalty_changed' ? [[event.detail.amountMinor, event.detail.currency]] : [],
    )
    expect(amounts).toEqual([
      [30_000, 'ILS'],
      [45_050, 'ILS'],
    ])
  })

  it('is refused when stale', async () => {
    await record({ 'royalty-state': 'raised' })
    expect((await record({ 'royalty-state': 'declined' }, cookie, 1)).status).toBe(409)
    expect(row()).toMatchObject({ state: 'raised' })
  })

  it('is neither seen nor changed by viewers, and never shown to the claimant', async () => {
    await record({ 'royalty-state': 'offered', 'royalty-amount': '4321', 'royalty-note': 'our secret' })
    const viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
    expect((await record({ 'royalty-state': 'declined' }, viewer)).status).toBe(403)
    const theirs = await app.get(`/ar/takedowns/${sent.reference}`, await openAs(app, sent))
    for (const page of [await readPage(await app.get(at(), { cookie: viewer })), await readPage(theirs)]) {
      expect(page.status).toBe(200)
      expect(page.html).not.toMatch(/4,321|our secret|Money for past use|المقابل المالي/)
    }
  })

  it('can only be corrected once it is paid', () => {
    expect(royaltyMoves('paid')).toEqual(['paid'])
    for (const state of royaltyStates) expect(mayMoveRoyalty(state, state)).toBe(true)
    expect(mayMoveRoyalty('not_raised', 'paid')).toBe(false)
  })
})
