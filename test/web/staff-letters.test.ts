import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryOutAct } from '../../src/actions/carry-out-act.ts'
import { directionOf, locales } from '../../src/i18n/locales.ts'
import { accessKeyPlaceholder } from '../../src/outbox/compose.ts'
import { dueActs, pendingActOf, undoMs } from '../../src/takedowns/pending-acts.ts'
import { openAs, reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { letGoOut, sendPreviewed } from '../support/letters.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie: string
let other: string
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
  other = await app.signIn({ email: 'other@example.org', name: 'Other Person' })
})
afterAll(() => stopTestApp(app))

const at = ({ reference }: Submitted, rest = '') => `/staff/takedowns/${reference}${rest}`
const show = async (sent: Submitted, who = cookie) => readPage(await app.get(at(sent), { cookie: who }))
const post = (sent: Submitted, what: string, values: Record<string, string> = {}, who = cookie) =>
  app.post(
    at(sent, `/${what}`),
    new URLSearchParams({ version: String(takedownOf(app, sent).version), ...values }),
    { cookie: who },
  )
const pendingOf = (sent: Submitted) => pendingActOf(app.services.db, takedownOf(app, sent).id)
const claimantSees = async (sent: Submitted) =>
  (await readPage(await app.get(`/en/takedowns/${sent.reference}`, await openAs(app, sent)))).text

interface Outgoing {
  kind: string
  subject: string
  text: string
  html: string
}
const lettersOf = (sent: Submitted): Outgoing[] =>
  app.services.db.$client
    .prepare(
      "SELECT kind, subject, text_body, html_body FROM outgoing_messages WHERE takedown_id = ? AND dedupe_key LIKE '%:claimant' AND kind <> 'receipt' ORDER BY id",
    )
    .all(takedownOf(app, sent).id)
    .map((row) => {
      const text = (name: string) =>
        String(typeof row === 'object' && row !== null ? Reflect.get(row, name) : '')
      return {
        kind: text('kind'),
        subject: text('subject'),
        text: text('text_body'),
        html: text('html_body'),
      }
    })

async function taken(change: Parameters<TestApp['submit']>[0] = {}): Promise<Submitted> {
  const sent = await app.submit(change)
  await post(sent, 'assignment')
  return sent
}
const write = (sent: Submitted, body: string, who = cookie) => post(sent, 'messages', { body }, who)
const send = async (sent: Submitted, body: string, who = cookie) =>
  sendPreviewed(app, await write(sent, body, who), who)

describe('the preview', () => {
  it.each(locales)('shows the letter that then leaves, byte for byte (%s)', async (locale) => {
    const sent = await taken({ locale, name: 'Eve <b>x</b>' })
    const answer = await write(sent, 'Words <i>of ours</i>\nשורה · سطر')
    const path = answer.headers.get('location') ?? ''
    const page = await readPage(await app.get(path, { cookie }))
    expect(page.status).toBe(200)
    const frame = page.all('iframe')[0]
    expect(frame && attributeOf(frame, 'sandbox')).toBe('allow-same-origin')
    const framed = await app.get(String(frame && attributeOf(frame, 'src')), { cookie })
    expect(framed.headers.get('content-security-policy')).toMatch(
      /^sandbox allow-same-origin;default-src 'none';style-src 'unsafe-inline';font-src 'self';/,
    )
    expect(framed.headers.get('content-security-policy')).toMatch(/;report-uri \/csp-reports$/)
    expect(framed.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    // Fonts are the preview's own: a mail program takes those of its device.
    const seen = (await framed.text()).replace(/<style>@font-face[^<]*<\/style>/, '')
    const text = page
      .all('pre')
      .flatMap((pre) => pre.childNodes)
      .map((node) => ('value' in node ? node.value : ''))
      .join('')
    expect(lettersOf(sent)).toEqual([])
    expect((await sendPreviewed(app, answer, cookie)).status).toBe(303)
    letGoOut(app)
    const [letter] = lettersOf(sent)
    expect(letter?.html.replaceAll(accessKeyPlaceholder, '••••••••')).toBe(seen)
    expect(letter?.text.replaceAll(accessKeyPlaceholder, '••••••••')).toBe(text)
    expect(page.text).toContain(letter?.subject)
    expect(page.html).toContain(`lang="${locale}" dir="${directionOf(locale)}"`)
  })

  it('frames nothing but the letter, and shows no key', async () => {
    const sent = await taken()
    const path = (await write(sent, 'hello')).headers.get('location') ?? ''
    const answer = await app.get(path, { cookie })
    expect(answer.headers.get('content-security-policy')).toContain("frame-src 'self'")
    expect(answer.headers.get('content-security-policy')).toContain("style-src 'self'")
    expect((await answer.text()).replaceAll('-', '')).not.toContain(sent.accessKey)
    const plain = await app.get(at(sent), { cookie })
    expect(plain.headers.get('content-security-policy')).not.toContain('frame-src')
  })

  it('says where there is no email that no letter goes out, and what the status page will say', async () => {
    const sent = await taken({ email: '', locale: 'en' })
    const path = (await write(sent, 'Only on the page')).headers.get('location') ?? ''
    const page = await readPage(await app.get(path, { cookie }))
    expect(page.all('iframe')).toEqual([])
    expect(page.text).toContain('gave no email')
    expect(page.text).toContain('Only on the page')
    await send(sent, 'Only on the page')
    letGoOut(app)
    expect(lettersOf(sent)).toEqual([])
    expect(await claimantSees(sent)).toContain('Only on the page')
  })

  it('is the only way to send: without it, or with another one, nothing waits', async () => {
    const sent = await taken()
    await write(sent, 'first')
    for (const seen of ['', 'x'.repeat(64)]) {
      const answer = await post(sent, 'sending', { form: 'letter', seen })
      expect(answer.status).toBe(409)
      expect((await readPage(answer)).text).toContain('has changed since you looked')
    }
    expect(pendingOf(sent)).toBeUndefined()
    const path = at(sent, '/preview/letter')
    const before = await readPage(await app.get(path, { cookie }))
    await write(sent, 'second')
    const seen = before.values('seen')[0] ?? ''
    expect((await post(sent, 'sending', { form: 'letter', seen })).status).toBe(409)
    expect(pendingOf(sent)).toBeUndefined()
  })

  it('is nobody else’s, and not a viewer’s', async () => {
    const sent = await taken()
    const path = (await write(sent, 'mine')).headers.get('location') ?? ''
    expect((await app.get(path, { cookie: other })).headers.get('location')).toBe(at(sent))
    const viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
    expect((await app.get(path, { cookie: viewer })).status).toBe(403)
    for (const act of ['sending', 'undoing', 'drafts'])
      expect((await post(sent, act, { form: 'letter' }, viewer)).status).toBe(403)
    expect((await app.get(at(sent, '/preview/nothing'), { cookie })).status).toBe(404)
  })
})

describe('what was sent', () => {
  it('changes nothing for fifteen seconds, and then everything', async () => {
    const sent = await taken({ locale: 'en' })
    // What the search has indexed so far comes when it comes.
    const standing = () => ({ ...takedownOf(app, sent), indexedVersion: null })
    const before = standing()
    expect((await send(sent, 'Shortly to be read')).status).toBe(303)
    app.clock.pass(undoMs - 1)
    expect(dueActs(app.services.db, app.clock.now())).toEqual([])
    expect(standing()).toEqual(before)
    expect(await claimantSees(sent)).not.toContain('Shortly to be read')
    expect(lettersOf(sent)).toEqual([])
    app.clock.pass(1)
    expect(letGoOut(app)).toEqual(['carried_out'])
    expect(await claimantSees(sent)).toContain('Shortly to be read')
    expect(lettersOf(sent)).toHaveLength(1)
    expect(pendingOf(sent)).toBeUndefined()
  })

  it('can be undone by everybody who acts; the words are back in their author’s draft', async () => {
    const sent = await taken()
    await send(sent, 'Sent too soon')
    const seen = await show(sent, other)
    expect(seen.text).toContain('A message to the claimant is about to go out')
    expect((await post(sent, 'undoing', {}, other)).status).toBe(303)
    expect((await post(sent, 'undoing', {}, other)).status).toBe(409)
    app.clock.pass(undoMs)
    expect(letGoOut(app)).toEqual([])
    const mine = await show(sent)
    expect(mine.values('body')).toEqual(['Sent too soon'])
    expect(mine.text).toContain('Undone. Nothing went out')
    expect((await show(sent, other)).values('body')).toEqual([''])
    expect(lettersOf(sent)).toEqual([])
  })

  it('lets no other act of staff through meanwhile, and says so', async () => {
    const sent = await taken()
    await send(sent, 'On its way')
    for (const [what, values] of [
      ['assignment', {}],
      ['pause', { page: String(reportedPagesOf(app, sent)[0]?.id) }],
      ['messages', { body: 'another' }],
    ] as const) {
      const answer = await post(sent, what, values, other)
      expect(answer.status, what).toBe(409)
      expect((await readPage(answer)).text).toContain('Wait until it has, or undo it')
    }
    // What the other typed is kept for later.
    expect(letGoOut(app)).toEqual(['carried_out'])
    expect((await show(sent, other)).values('body')).toEqual(['another'])
  })

  it('does not go out where the claimant acted first: the words are back, and the page says why', async () => {
    const sent = await taken({ locale: 'en' })
    await send(sent, 'Overtaken words')
    const claimant = await openAs(app, sent)
    await app.post(
      `/en/takedowns/${sent.reference}/messages`,
      new URLSearchParams({ body: 'wait' }),
      claimant,
    )
    expect(letGoOut(app)).toEqual(['taken_back'])
    expect(lettersOf(sent)).toEqual([])
    expect(await claimantSees(sent)).not.toContain('Overtaken words')
    const page = await show(sent)
    expect(page.values('body')).toEqual(['Overtaken words'])
    expect(page.text).toContain('This did not go out')
  })

  it('leaves as it was seen, whatever the letters would say by then', async () => {
    const sent = await taken()
    await send(sent, 'As previewed')
    app.services.db.$client
      .prepare("UPDATE pending_acts SET letter_html = letter_html || '<!-- seen -->' WHERE takedown_id = ?")
      .run(takedownOf(app, sent).id)
    expect(letGoOut(app)).toEqual(['carried_out'])
    expect(lettersOf(sent)[0]?.html).toMatch(/<!-- seen -->$/)
  })

  it('does not go out where there is no letter any more', async () => {
    const sent = await taken()
    await send(sent, 'To nobody')
    app.services.db.$client
      .prepare('UPDATE takedowns SET email = NULL WHERE id = ?')
      .run(takedownOf(app, sent).id)
    expect(letGoOut(app)).toEqual(['taken_back'])
    expect((await show(sent)).values('body')).toEqual(['To nobody'])
  })

  it('is carried out once, however often it is tried', async () => {
    const sent = await taken()
    await send(sent, 'Once')
    const id = pendingOf(sent)?.id ?? 0
    app.clock.pass(undoMs)
    const { db, office } = app.services
    const results = [1, 2, 3].map(() => carryOutAct(db, office, id, app.clock.now()))
    expect(results).toEqual(['carried_out', 'gone', 'gone'])
    expect(lettersOf(sent)).toHaveLength(1)
  })

  it('waits through a restart and is carried out by the worker', async () => {
    const sent = await taken()
    await send(sent, 'After the night')
    const { dataDir } = app
    const clock = app.clock
    await app.stop()
    clock.pass(10 * undoMs)
    app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' }, { dataDir, clock })
    await expect.poll(() => pendingOf(sent), { interval: 20 }).toBeUndefined()
    expect(lettersOf(sent)).toHaveLength(1)
  })

  it('of a decision closes nothing until it goes out, and opens nothing by a reopening', async () => {
    const sent = await taken({ locale: 'en' })
    const [page] = reportedPagesOf(app, sent)
    const fields = { [`outcome-${page?.id}`]: 'kept', [`ground-${page?.id}`]: 'own_work' }
    await sendPreviewed(app, await post(sent, 'decision', fields), cookie)
    expect(takedownOf(app, sent).status).toBe('in_review')
    letGoOut(app)
    expect(takedownOf(app, sent).status).toBe('closed')
    await sendPreviewed(app, await post(sent, 'reopening', { reason: 'for staff alone' }), cookie)
    expect(takedownOf(app, sent).status).toBe('closed')
    letGoOut(app)
    expect(takedownOf(app, sent).status).toBe('in_review')
    const letters = lettersOf(sent)
    expect(letters.map(({ kind }) => kind)).toEqual(['decision', 'reopened'])
    expect(letters[1]?.text).not.toContain('for staff alone')
  })
})

describe('a draft', () => {
  const keep = (sent: Submitted, values: Record<string, string>, who = cookie, accept = 'text/html') =>
    app.post(at(sent, '/drafts'), new URLSearchParams(values), { cookie: who, accept })

  it('is kept for each person, by button and by script, and goes when it is emptied or discarded', async () => {
    const sent = await taken()
    expect((await keep(sent, { form: 'letter', body: 'half a thou' })).status).toBe(303)
    expect((await keep(sent, { form: 'letter', body: 'theirs' }, other, 'application/json')).status).toBe(204)
    expect((await show(sent)).values('body')).toEqual(['half a thou'])
    expect((await show(sent, other)).values('body')).toEqual(['theirs'])
    await keep(sent, { form: 'letter', body: ' ' })
    expect((await show(sent)).values('body')).toEqual([''])
    await keep(sent, { form: 'letter', body: 'theirs', intent: 'discard' }, other)
    expect((await show(sent, other)).values('body')).toEqual([''])
    expect((await keep(sent, { form: 'poem', body: 'x' })).status).toBe(422)
  })

  it('holds what was refused as stale or invalid, and goes when the act goes out', async () => {
    const sent = await taken()
    await post(sent, 'messages', { version: '1', body: 'typed on an old page' })
    expect((await show(sent)).values('body')).toEqual(['typed on an old page'])
    const [page] = reportedPagesOf(app, sent)
    await post(sent, 'decision', { [`outcome-${page?.id}`]: 'kept', [`reason-${page?.id}`]: 'no ground yet' })
    expect((await show(sent)).values(`reason-${page?.id}`)).toEqual(['no ground yet'])
    await send(sent, 'typed on an old page')
    letGoOut(app)
    const after = await show(sent)
    expect(after.values('body')).toEqual([''])
    expect(after.values(`reason-${page?.id}`)).toEqual(['no ground yet'])
  })
})
