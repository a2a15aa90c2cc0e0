import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readEvents } from '../../src/takedowns/events.ts'
import { looksOf } from '../../src/takedowns/looks.ts'
import { notesOf } from '../../src/takedowns/notes.ts'
import { relatedTo } from '../../src/takedowns/related.ts'
import { readTakedownFile } from '../../src/takedowns/store.ts'
import { openAs, staffIdOf, takedownOf } from '../support/claimant.ts'
import { pngOf, screenshotOf } from '../support/images.ts'
import { attributeOf, type Element, readPage, textOf } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie: string
let noaCookie: string
let viewerCookie: string
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
  noaCookie = await app.signIn({ email: 'noa@example.org', name: 'Noa נועה' })
  viewerCookie = await app.signIn({ email: 'viewer@example.org', name: 'A Viewer', role: 'viewer' })
})
afterAll(() => stopTestApp(app))

const at = ({ reference }: Submitted, rest = '') => `/staff/takedowns/${reference}${rest}`
const show = async (sent: Submitted, query = '', who = cookie) =>
  readPage(await app.get(at(sent, query), { cookie: who }))
const act = (sent: Submitted, what: string, values: Record<string, string> = {}, who = cookie) =>
  app.post(
    at(sent, `/${what}`),
    new URLSearchParams({ version: String(takedownOf(app, sent).version), ...values }),
    { cookie: who },
  )
const eventsOf = (sent: Submitted) => readEvents(app.services.db, takedownOf(app, sent).id)
const lettersOf = (sent: Submitted): number =>
  Number(
    app.services.db.$client
      .prepare('SELECT count(*) FROM outgoing_messages WHERE takedown_id = ?')
      .pluck()
      .get(takedownOf(app, sent).id),
  )
const optionsOf = (select: Element | undefined) =>
  (select?.childNodes ?? []).flatMap((node) => ('tagName' in node ? [attributeOf(node, 'value')] : []))
const noa = () => String(staffIdOf(app, 'noa@example.org'))

describe('handing over', () => {
  it('gives the takedown to another person, starts the review, and says so in the timeline', async () => {
    const sent = await app.submit()
    expect((await act(sent, 'assignment', { to: noa() })).status).toBe(303)
    expect(takedownOf(app, sent)).toMatchObject({ status: 'in_review', assigneeId: Number(noa()) })
    expect(eventsOf(sent).at(-1)).toMatchObject({
      type: 'handed_over',
      staffName: 'Example Staff',
      detail: { previousAssigneeId: null, assigneeId: Number(noa()) },
    })
    expect((await show(sent)).text).toContain('Handed over to Noa נועה')
  })

  it('offers everybody who may act, but not the reader, whoever has it, or a viewer', async () => {
    const sent = await app.submit()
    const offered = async () => optionsOf((await show(sent)).byId('to'))
    expect(await offered()).toContain(noa())
    expect(await offered()).not.toContain(String(staffIdOf(app)))
    expect(await offered()).not.toContain(String(staffIdOf(app, 'viewer@example.org')))
    await act(sent, 'assignment', { to: noa() })
    expect(await offered()).not.toContain(noa())
  })

  it.each(['', 'x', '99999', 'viewer'])('to nobody who may act (%s) changes nothing', async (to) => {
    const sent = await app.submit()
    const person = to === 'viewer' ? String(staffIdOf(app, 'viewer@example.org')) : to
    const answer = await act(sent, 'assignment', { to: person })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Choose who is to have the request')
    expect(takedownOf(app, sent)).toMatchObject({ status: 'received', assigneeId: null })
  })

  it('cannot be raced: the loser is told who has it', async () => {
    const sent = await app.submit()
    const version = String(takedownOf(app, sent).version)
    expect((await act(sent, 'assignment', { version }, noaCookie)).status).toBe(303)
    for (const fields of [{ version }, { version, to: noa() }]) {
      const answer = await act(sent, 'assignment', fields)
      expect(answer.status).toBe(409)
      expect((await readPage(answer)).text).toContain('Noa נועה has this request now.')
    }
    expect(takedownOf(app, sent).assigneeId).toBe(Number(noa()))
  })

  it('is no longer possible when the takedown has ended', async () => {
    const sent = await app.submit()
    await act(sent, 'spam')
    expect((await act(sent, 'assignment', { to: noa() })).status).toBe(409)
  })
})

describe('a note', () => {
  it('is for staff only, looks so, and is found in the timeline', async () => {
    const sent = await app.submit()
    expect((await act(sent, 'notes', { note: '  She <b>phoned</b>.\nDo not pay.  ' })).status).toBe(303)
    const page = await show(sent, '?history=inside')
    expect(page.text).toContain('She <b>phoned</b>. Do not pay.')
    expect(page.text).toContain('Staff only')
    expect((await show(sent, '?history=claimant')).text).not.toContain('phoned')
    const open = await openAs(app, sent)
    for (const path of ['', '/receipt', '/receipt.json']) {
      const theirs = await app.get(`/ar/takedowns/${sent.reference}${path}`, open)
      expect(theirs.status).toBe(200)
      expect(await theirs.text()).not.toContain('phoned')
    }
    expect(lettersOf(sent)).toBe(2)
  })

  it('neither is stale nor makes the forms of others stale', async () => {
    const sent = await app.submit()
    const { version } = takedownOf(app, sent)
    await act(sent, 'assignment')
    expect((await act(sent, 'notes', { version: String(version), note: 'late' })).status).toBe(303)
    expect(takedownOf(app, sent).version).toBe(version + 1)
    expect(takedownOf(app, sent).indexedVersion).toBe(0)
  })

  it('is added once, however often the button was pressed', async () => {
    const sent = await app.submit()
    const fields = { note: 'once', submission: 'the-same-key' }
    await Promise.all([act(sent, 'notes', fields), act(sent, 'notes', fields)])
    await act(sent, 'notes', fields)
    expect(notesOf(app.services.db, takedownOf(app, sent).id)).toHaveLength(1)
    expect((await act(sent, 'notes', fields, noaCookie)).status).toBe(303)
    expect(notesOf(app.services.db, takedownOf(app, sent).id).map((note) => note.staffName)).toEqual([
      'Example Staff',
      'Noa נועה',
    ])
  })

  it('without words or with too many comes back as it was typed', async () => {
    const sent = await app.submit()
    expect((await act(sent, 'notes', { note: ' \n' })).status).toBe(422)
    const long = 'word '.repeat(2_100)
    const page = await readPage(await act(sent, 'notes', { note: long }))
    expect(page.status).toBe(422)
    expect(page.text).toContain(long.trim())
  })

  it('is kept as a draft of its own, and the draft goes when it is added', async () => {
    const sent = await app.submit()
    await act(sent, 'drafts', { form: 'note', note: 'half a thought', submission: 'k' })
    expect((await show(sent)).text).toContain('half a thought')
    expect((await show(sent, '', noaCookie)).text).not.toContain('half a thought')
    await act(sent, 'notes', { note: 'a thought' })
    expect((await show(sent)).text).not.toContain('half a thought')
  })

  it('can be added at any end, and by nobody who only reads', async () => {
    const sent = await app.submit()
    await act(sent, 'spam')
    expect((await act(sent, 'notes', { note: 'why' })).status).toBe(303)
    expect((await act(sent, 'notes', { note: 'no' }, viewerCookie)).status).toBe(403)
    expect((await show(sent, '', viewerCookie)).all('textarea')).toHaveLength(0)
  })
})

describe('spam', () => {
  it('is set aside without a letter; the status page says so, and it can be opened again', async () => {
    const sent = await app.submit()
    const before = lettersOf(sent)
    expect((await act(sent, 'spam')).status).toBe(303)
    expect(takedownOf(app, sent)).toMatchObject({ status: 'spam', nextDueAt: null })
    expect(lettersOf(sent)).toBe(before)
    expect(eventsOf(sent).at(-1)).toMatchObject({ type: 'marked_spam', staffName: 'Example Staff' })
    const status = await readPage(await app.get(`/en/takedowns/${sent.reference}`, await openAs(app, sent)))
    expect(status.text).toContain('It was set aside')
    expect((await show(sent)).all('form').some((form) => attributeOf(form, 'id') === 'form-reopening')).toBe(
      true,
    )
  })

  it('is refused on a stale page and after a decision', async () => {
    const sent = await app.submit()
    expect((await act(sent, 'spam', { version: '0' })).status).toBe(409)
    expect((await act(sent, 'spam', {}, viewerCookie)).status).toBe(403)
    expect(takedownOf(app, sent).status).toBe('received')
  })
})

describe('the timeline', () => {
  it('holds events and letters in one line, and its parts are links', async () => {
    const sent = await app.submit()
    app.clock.pass(60_000)
    await act(sent, 'assignment')
    const titles = async (query: string) => {
      const page = await show(sent, query)
      return page
        .all('p')
        .filter((p) => attributeOf(p, 'class') === 'timeline-title')
        .map((p) => textOf(p))
    }
    expect(await titles('')).toEqual(['The request came in', 'Letter', 'Letter', 'Taken on by Example Staff'])
    expect(await titles('?history=claimant')).toEqual(['The request came in', 'Letter'])
    expect(await titles('?history=inside')).toEqual(['Letter', 'Taken on by Example Staff'])
    expect(await titles('?history=nonsense')).toHaveLength(4)
  })
})

describe('who else is here', () => {
  const presence = async (sent: Submitted, who = cookie): Promise<unknown> =>
    (await app.get(at(sent, '/presence'), { cookie: who })).json()
  const looked = (sent: Submitted, times: number) =>
    vi.waitFor(() => expect(looksOf(app.services.db, takedownOf(app, sent).id)).toHaveLength(times))

  it('is said when the page is made and when a script asks, for a minute', async () => {
    const sent = await app.submit()
    await show(sent, '', noaCookie)
    await looked(sent, 1)
    expect((await show(sent)).text).toContain('Also looking at this now: \u2068Noa נועה\u2069')
    expect(await presence(sent)).toEqual({
      version: 1,
      words: 'Also looking at this now: \u2068Noa נועה\u2069',
    })
    app.clock.pass(61_000)
    expect(await presence(sent)).toMatchObject({ words: '' })
    expect((await show(sent)).text).not.toContain('Also looking')
    expect((await show(sent, '?history=inside')).text).toContain('Noa נועה opened the request')
  })

  it('is written down at most every thirty seconds, and moves nothing', async () => {
    const sent = await app.submit()
    await show(sent)
    await looked(sent, 1)
    const [first] = looksOf(app.services.db, takedownOf(app, sent).id)
    app.clock.pass(20_000)
    await presence(sent)
    app.clock.pass(15_000)
    await presence(sent)
    await vi.waitFor(() =>
      expect(looksOf(app.services.db, takedownOf(app, sent).id)[0]?.lastAt).toBe(
        (first?.lastAt ?? 0) + 35_000,
      ),
    )
    expect(takedownOf(app, sent).version).toBe(1)
  })

  it('is nobody outside the desk', async () => {
    const sent = await app.submit()
    expect((await app.get(at(sent, '/presence'))).status).toBe(303)
    expect(looksOf(app.services.db, takedownOf(app, sent).id)).toEqual([])
  })
})

describe('other takedowns', () => {
  it('of the same claimant, page and image are found, and nothing else', async () => {
    const png = await pngOf(31, 17)
    const mine = {
      email: 'related@example.org',
      phone: '052-111-2233',
      pages: ['https://ashams.com/related/1'],
      files: [{ name: 'a.png', content: png }],
    }
    const other = { email: 'x1@example.org', phone: '052-999-0001', pages: ['https://ashams.com/related/9'] }
    const sent = await app.submit(mine)
    const byMail = await app.submit({ ...other, email: mine.email })
    const byPhone = await app.submit({ ...other, phone: '+972 52 111 2233' })
    const byPage = await app.submit({ ...other, pages: ['http://www.ashams.com/related/1?utm_source=x'] })
    const byImage = await app.submit({ ...other, pages: ['https://ashams.com/related/7'], files: mine.files })
    const found = relatedTo(app.services.db, readTakedownFile(app.services.db, takedownOf(app, sent)))
    const references = (kind: keyof typeof found) => found[kind].map(({ reference }) => reference)
    expect(references('sameClaimant')).toEqual([byPhone.reference, byMail.reference])
    expect(references('samePage')).toEqual([byPage.reference])
    expect(references('sameImage')).toEqual([byImage.reference])
    const page = await show(sent)
    for (const one of [byMail, byPhone, byPage, byImage]) expect(page.text).toContain(one.reference)
  })
})

describe('a picture that was scaled and saved anew', () => {
  it('leads to the other takedown as alike, once its copy is made', async () => {
    const picture = await screenshotOf(1200, 900)
    const smaller = await sharp(picture).resize({ width: 640 }).jpeg({ quality: 50 }).toBuffer()
    const sent = await app.submit({ files: [{ name: 'a.png', content: picture }] })
    const again = await app.submit({
      email: 'alike@example.org',
      phone: '052-999-7777',
      files: [{ name: 'b.jpg', content: smaller, type: 'image/jpeg' }],
    })
    const alike = () =>
      relatedTo(app.services.db, readTakedownFile(app.services.db, takedownOf(app, sent))).alikeImage.map(
        ({ reference }) => reference,
      )
    await vi.waitFor(() => expect(alike()).toContain(again.reference), 15_000)
    expect((await show(sent)).text).toContain('A picture that looks alike')
  })
})

describe('a page to be printed', () => {
  it('has no acts, and notes only where they are asked for', async () => {
    const sent = await app.submit()
    await act(sent, 'notes', { note: 'between us' })
    const plain = await show(sent, '?print=plain')
    expect(plain.text).not.toContain('between us')
    const withNotes = await show(sent, '?print=notes')
    expect(withNotes.text).toContain('between us')
    expect(withNotes.text).toContain('do not give this to anybody outside')
    for (const page of [plain, withNotes]) {
      expect(page.all('textarea')).toHaveLength(0)
      expect(page.text).toContain('ashams.com/articles/1')
    }
  })
})
