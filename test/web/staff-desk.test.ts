import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indexForSearch } from '../../src/actions/index-for-search.ts'
import { requeueLetter } from '../../src/actions/requeue-letter.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { queueViewsOf } from '../../src/staff/queue-views.ts'
import { openAs, reportedPagesOf, staffIdOf, takedownOf } from '../support/claimant.ts'
import { html as htmlFile, pdf, pngOf } from '../support/images.ts'
import { letGoOut, sendPreviewed } from '../support/letters.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

const day = 24 * 3_600_000
let app: TestApp
let cookie: string
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
})
afterAll(() => stopTestApp(app))

const at = ({ reference }: Submitted, rest = '') => `/staff/takedowns/${reference}${rest}`
const show = async (sent: Submitted, who = cookie) => readPage(await app.get(at(sent), { cookie: who }))
/** The act as a person does it: what leaves the building is seen, sent and not undone. */
const act = async (sent: Submitted, what: string, values: Record<string, string> = {}, who = cookie) => {
  const answer = await app.post(
    at(sent, `/${what}`),
    new URLSearchParams({ version: String(takedownOf(app, sent).version), ...values }),
    { cookie: who },
  )
  if (!answer.headers.get('location')?.includes('/preview/')) return answer
  const sending = await sendPreviewed(app, answer, who)
  if (sending.status === 303) letGoOut(app)
  return sending
}
const takeOn = (sent: Submitted) => act(sent, 'assignment')
const today = '2026-11-02'

/** The same fields for every page: `{ outcome: 'removed' }` becomes `outcome-17=removed`. */
const forEachPage = (sent: Submitted, fields: Record<string, string>) =>
  Object.fromEntries(
    reportedPagesOf(app, sent).flatMap(({ id }) =>
      Object.entries(fields).map(([name, value]) => [`${name}-${id}`, value]),
    ),
  )
const decide = (sent: Submitted, fields: Record<string, string>) =>
  act(sent, 'decision', forEachPage(sent, fields))
const lettersOf = (sent: Submitted): string[] =>
  app.services.db.$client
    .prepare('SELECT kind FROM outgoing_messages WHERE takedown_id = ? ORDER BY id')
    .pluck()
    .all(takedownOf(app, sent).id)
    .map(String)

describe('a viewer', () => {
  it('reads everything and can do nothing', async () => {
    const viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
    const sent = await app.submit()
    const page = await show(sent, viewer)
    expect(page.status).toBe(200)
    const forms = page.all('form').map((form) => attributeOf(form, 'action') ?? '')
    expect(forms.filter((action) => action.includes('/takedowns/'))).toEqual(
      forms.filter((action) => action === at(sent, '/decision')),
    )
    for (const what of ['assignment', 'pause', 'decision', 'messages', 'reopening']) {
      expect((await act(sent, what, { reason: 'x', body: 'x' }, viewer)).status).toBe(403)
    }
    expect((await app.post('/staff/mail/1/requeue', new URLSearchParams(), { cookie: viewer })).status).toBe(
      403,
    )
    expect((await app.post('/staff/mail/resumption', new URLSearchParams(), { cookie: viewer })).status).toBe(
      403,
    )
    expect(takedownOf(app, sent).status).toBe('received')
  })
})

describe('two at the same time', () => {
  it('of whom one takes it on, and the other sees the page as it now stands', async () => {
    const other = await app.signIn({ email: 'other@example.org', name: 'Other Person' })
    const sent = await app.submit()
    const version = String(takedownOf(app, sent).version)
    const answers = await Promise.all(
      [cookie, other].map(async (who) =>
        app.post(at(sent, '/assignment'), new URLSearchParams({ version }), { cookie: who }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 409])
    const loser = answers.find((answer) => answer.status === 409)
    const page = loser && (await readPage(loser))
    expect(page?.values('version')[0]).toBe(String(takedownOf(app, sent).version))
    expect(page?.text).toContain(answers[0]?.status === 303 ? 'Example Staff' : 'Other Person')
  })

  it('a decision made on an old page changes nothing, and its words are still there', async () => {
    const sent = await app.submit()
    await takeOn(sent)
    const stale = {
      version: '1',
      ...forEachPage(sent, { outcome: 'kept', ground: 'own_work', reason: 'long words' }),
    }
    const answer = await act(sent, 'decision', stale)
    const page = await readPage(answer)
    expect(page.status).toBe(409)
    expect(page.text).toContain('long words')
    expect(takedownOf(app, sent).status).toBe('in_review')
    for (const version of ['', 'x', '-1', '1e9']) {
      expect((await act(sent, 'messages', { version, body: 'typed' })).status).toBe(409)
    }
  })
})

describe('a question', () => {
  it('hands the ball to the claimant, and the answer moves the due date by the wait', async () => {
    const sent = await app.submit()
    await takeOn(sent)
    const due = takedownOf(app, sent).dueAt
    expect((await act(sent, 'messages', { body: 'Which <b>photo</b>?', question: 'yes' })).status).toBe(303)
    expect(takedownOf(app, sent)).toMatchObject({
      status: 'awaiting_claimant',
      waitingSince: app.clock.now(),
    })
    const headers = await openAs(app, sent)
    const page = await readPage(await app.get(`/ar/takedowns/${sent.reference}`, headers))
    expect(page.text).toContain('Which <b>photo</b>?')
    expect(page.text, 'the clock to the decision stands still').not.toContain('5 نوفمبر')
    expect(takedownOf(app, sent).nextDueAt).toBeNull()
    app.clock.pass(2 * day)
    await app.post(
      `/ar/takedowns/${sent.reference}/messages`,
      new URLSearchParams({ body: 'the 2nd' }),
      headers,
    )
    // Two working days of wait: from Thursday over the weekend to Monday.
    expect(takedownOf(app, sent)).toMatchObject({
      status: 'in_review',
      waitingSince: null,
      dueAt: due + 4 * day,
      nextDueAt: due + 4 * day,
      unansweredSince: app.clock.now(),
    })
    expect(lettersOf(sent)).toEqual(['new-takedown', 'receipt', 'question', 'claimant-wrote'])
    app.clock.pass(-2 * day)
  })

  it('and its answer wait until staff answer, or say that no answer is needed', async () => {
    const sent = await app.submit()
    await takeOn(sent)
    const headers = await openAs(app, sent)
    const say = () =>
      app.post(`/ar/takedowns/${sent.reference}/messages`, new URLSearchParams({ body: 'more' }), headers)
    await say()
    expect(takedownOf(app, sent).unansweredSince).toBe(app.clock.now())
    expect((await show(sent)).text).toContain('No answer needed')
    expect((await act(sent, 'no-answer', { version: '1' })).status).toBe(409)
    expect((await act(sent, 'no-answer')).status).toBe(303)
    expect(takedownOf(app, sent)).toMatchObject({ unansweredSince: null, status: 'in_review' })
    expect((await act(sent, 'no-answer')).status).toBe(409)
    const page = await readPage(await app.get(`/ar/takedowns/${sent.reference}`, headers))
    expect(page.text, 'the claimant is not told').not.toContain('لا حاجة إلى ردّ')
    await say()
    await act(sent, 'messages', { body: 'Thank you' })
    expect(takedownOf(app, sent).unansweredSince).toBeNull()
  })

  it('without words is told, and a plain message moves nothing', async () => {
    const sent = await app.submit()
    await takeOn(sent)
    const page = await readPage(await act(sent, 'messages', { body: ' ' }))
    expect(page.status).toBe(422)
    expect(page.errors()).toHaveLength(1)
    await act(sent, 'messages', { body: 'We are at it' })
    expect(takedownOf(app, sent).status).toBe('in_review')
    expect(lettersOf(sent)).toContain('update')
  })
})

describe('a page', () => {
  it('is paused with one click, once, and only where it is of this takedown', async () => {
    const [sent, other] = [await app.submit({ pages: ['ashams.com/1', 'ashams.com/2'] }), await app.submit()]
    const [first] = reportedPagesOf(app, sent)
    expect((await act(sent, 'pause', { page: String(first?.id) })).status).toBe(303)
    expect(reportedPagesOf(app, sent).map((page) => page.useState)).toEqual(['paused', 'live'])
    expect(takedownOf(app, sent).status).toBe('in_review')
    expect((await act(sent, 'pause', { page: String(first?.id) })).status).toBe(409)
    expect((await act(sent, 'pause', { page: String(reportedPagesOf(app, other)[0]?.id) })).status).toBe(409)
    for (const page of ['', 'x', 'NaN', '1e400', '-1'])
      expect((await act(sent, 'pause', { page })).status).toBe(409)
  })
})

describe('a decision', () => {
  it('needs somebody who took it on', async () => {
    const sent = await app.submit()
    expect((await decide(sent, { outcome: 'not_found' })).status).toBe(409)
  })

  it.each([
    ['no outcome', {}, 'outcome'],
    ['an outcome that is none', { outcome: 'burned' }, 'outcome'],
    ['kept without its ground', { outcome: 'kept' }, 'ground'],
    ['a licence without its terms', { outcome: 'licensed', reason: '' }, 'reason'],
    ['credit without its words', { outcome: 'credited', reason: '  ' }, 'reason'],
    ['a day to come', { outcome: 'removed', done: '2026-11-03' }, 'done'],
    ['a day that is none', { outcome: 'removed', done: '2026-02-30' }, 'done'],
    ['a day in words', { outcome: 'replaced', done: 'yesterday' }, 'done'],
  ])('is told what it lacks, field by field: %s', async (_, fields, field) => {
    const sent = await app.submit({ pages: ['ashams.com/1', 'ashams.com/2'] })
    await takeOn(sent)
    const page = await readPage(await decide(sent, { reason: 'typed <words>', ...fields }))
    expect(page.status).toBe(422)
    expect(page.errors().map(({ at }) => at)).toEqual(
      reportedPagesOf(app, sent).map(({ id }) => `#${field}-${id}`),
    )
    expect(takedownOf(app, sent).status).toBe('in_review')
  })

  it.each(locales)(
    'that is carried out closes the takedown with one letter in the claimant’s language (%s)',
    async (locale: Locale) => {
      const sent = await app.submit({ locale, email: `decided-${locale}@example.org` })
      await takeOn(sent)
      expect((await decide(sent, { outcome: 'removed', done: today, reason: 'Our <words>' })).status).toBe(
        303,
      )
      expect(takedownOf(app, sent).status).toBe('closed')
      expect(lettersOf(sent).filter((kind) => kind === 'decision')).toHaveLength(1)
      const expected = { ar: 'أُزيل', he: 'הוסר', en: 'Removed' }[locale]
      const row: unknown = app.services.db.$client
        .prepare(
          "SELECT text_body || html_body FROM outgoing_messages WHERE kind = 'decision' AND takedown_id = ?",
        )
        .pluck()
        .get(takedownOf(app, sent).id)
      expect(String(row)).toContain(expected)
      expect(String(row)).toContain('Our &lt;words>')
      const page = await readPage(
        await app.get(`/${locale}/takedowns/${sent.reference}`, await openAs(app, sent)),
      )
      expect(page.text).toContain('Our <words>')
      expect(page.text).toContain(expected)
    },
  )

  it('that is yet to be carried out does not close it; carried out later it does', async () => {
    const sent = await app.submit({ pages: ['ashams.com/1', 'ashams.com/2'] })
    await takeOn(sent)
    await decide(sent, { outcome: 'removed', done: '' })
    expect(takedownOf(app, sent).status).toBe('decided')
    expect(lettersOf(sent)).not.toContain('decision')
    expect(reportedPagesOf(app, sent).map((page) => page.useState)).toEqual(['live', 'live'])
    await decide(sent, { outcome: 'removed', done: '2026-11-01' })
    expect(takedownOf(app, sent).status).toBe('closed')
    expect(lettersOf(sent)).toContain('decision')
  })

  it('on sixteen pages comes in whole', async () => {
    const sent = await app.submit({ pages: Array.from({ length: 16 }, (_, nth) => `ashams.com/${nth}`) })
    await takeOn(sent)
    const fields = {
      outcome: 'removed',
      done: today,
      ground: '',
      reason: 'كلمات طويلة بعض الشيء '.repeat(10),
    }
    expect((await decide(sent, fields)).status).toBe(303)
    expect(takedownOf(app, sent).status).toBe('closed')
  })

  it('after a reopening says only what is so: what was kept and is to be removed stays open', async () => {
    const sent = await app.submit()
    await takeOn(sent)
    await decide(sent, { outcome: 'kept', ground: 'own_work' })
    expect(takedownOf(app, sent).status).toBe('closed')
    expect((await act(sent, 'reopening', { reason: '' })).status).toBe(422)
    expect((await act(sent, 'reopening', { reason: 'the claimant showed a contract' })).status).toBe(303)
    await decide(sent, { outcome: 'removed', done: '' })
    expect(takedownOf(app, sent).status).toBe('decided')
    await decide(sent, { outcome: 'licensed', reason: 'new terms' })
    expect(takedownOf(app, sent).status).toBe('decided')
    await decide(sent, { outcome: 'removed', done: today })
    expect(takedownOf(app, sent).status).toBe('closed')
    expect(lettersOf(sent).filter((kind) => kind === 'decision')).toHaveLength(2)
  })

  it('that was offered and then withdrawn and reopened cannot be accepted until it is made again', async () => {
    const sent = await app.submit()
    await takeOn(sent)
    await decide(sent, { outcome: 'licensed', reason: 'terms' })
    const headers = await openAs(app, sent)
    await app.post(
      `/en/takedowns/${sent.reference}/withdrawal`,
      new URLSearchParams({ sure: 'yes' }),
      headers,
    )
    await act(sent, 'reopening', { reason: 'asked to' })
    const accept = () => {
      const offer = { page: String(reportedPagesOf(app, sent)[0]?.id), terms: 'terms' }
      return app.post(`/en/takedowns/${sent.reference}/acceptance`, new URLSearchParams(offer), headers)
    }
    expect((await accept()).status).toBe(409)
    expect(takedownOf(app, sent).status).toBe('in_review')
    await decide(sent, { outcome: 'licensed', reason: 'terms' })
    expect((await accept()).status).toBe(303)
    expect(takedownOf(app, sent).status).toBe('closed')
  })
})

describe('evidence', () => {
  it('as it came is only ever a download, byte for byte; safe copies are pictures', async () => {
    const png = await pngOf()
    const name = 'صورة "1";\u202egnp.png'
    const sent = await app.submit({
      files: [
        { name, content: png },
        { name: 'a.pdf', content: pdf },
      ],
    })
    const ids = app.services.db.$client
      .prepare('SELECT id FROM screenshots WHERE takedown_id = ? ORDER BY id')
      .pluck()
      .all(takedownOf(app, sent).id)
    const original = await app.get(at(sent, `/files/${ids[0]}/original`), { cookie })
    expect(original.status).toBe(200)
    expect(original.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(original.headers.get('x-content-type-options')).toBe('nosniff')
    expect(original.headers.get('content-type')).toBe('application/octet-stream')
    expect(Buffer.from(await original.arrayBuffer()).equals(png)).toBe(true)
    expect((await app.get(at(sent, `/files/${ids[1]}`), { cookie })).status).toBe(404)
    const other = await app.submit()
    for (const rest of [`/files/${ids[0]}`, `/files/${ids[0]}/original`, '/files/x/original']) {
      expect((await app.get(at(other, rest), { cookie })).status).toBe(404)
    }
    expect(htmlFile.length).toBeGreaterThan(0)
  })
})

describe('the page of a takedown', () => {
  it('escapes everything that strangers typed and shows no key', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&'
    const sent = await app.submit({
      name: hostile,
      phone: `050-1234567 ${hostile}`.slice(0, 40),
      pages: [`https://ashams.com/"><script>alert(1)</script>`],
      statement: hostile,
      files: [{ name: '"><b>x.png', content: await pngOf() }],
    })
    await app.post(
      `/en/takedowns/${sent.reference}/messages`,
      new URLSearchParams({ body: hostile }),
      await openAs(app, sent),
    )
    const page = await show(sent)
    expect(page.status).toBe(200)
    expect(page.all('img').every((img) => attributeOf(img, 'onerror') === undefined)).toBe(true)
    expect(page.all('script').every((script) => script.childNodes.length === 0)).toBe(true)
    expect(page.text).toContain(hostile)
    expect(page.html.replaceAll('-', '')).not.toContain(sent.accessKey)
    const links = page.all('a').map((link) => attributeOf(link, 'href') ?? '')
    for (const link of links) expect(link).toMatch(/^(\/|#|mailto:|tel:|https:\/\/ashams\.com\/)/)
  })

  it('is 404 where there is none', async () => {
    for (const reference of ['TD-0000-0000', 'x', '%00', '__proto__']) {
      expect((await app.get(`/staff/takedowns/${reference}`, { cookie })).status).toBe(404)
      const body = new URLSearchParams({ version: '1' })
      expect((await app.post(`/staff/takedowns/${reference}/assignment`, body, { cookie })).status).toBe(404)
    }
  })
})

function indexAll({ services }: { services: TestApp['services'] }) {
  while (indexForSearch(services.db, 100) > 0);
}

describe('the queue', () => {
  it('filters, searches, sorts and turns its pages by its address alone', async () => {
    const desk = await testApp({ SUBMISSIONS_PER_HOUR: '1000' })
    const who = await desk.signIn()
    const references: string[] = []
    for (let nth = 0; nth < 52; nth++) {
      const name = nth === 7 ? 'Needle 100%_x' : `Hay ${nth}`
      references.push(
        (await desk.submit({ name, phone: nth === 9 ? '+972-52-999-8877' : '050-123-4567' })).reference,
      )
      desk.clock.pass(60_000)
    }
    const queue = async (query: string) => {
      const page = await readPage(await desk.get(`/staff/takedowns?${query}`, { cookie: who }))
      expect(page.status, query).toBe(200)
      const links = page.all('a').map((link) => attributeOf(link, 'href') ?? '')
      return [...new Set(links.flatMap((link) => /^\/staff\/takedowns\/(TD-[\w-]+)$/.exec(link)?.[1] ?? []))]
    }
    const turn = async (query: string, rel: 'next' | 'prev') => {
      const page = await readPage(await desk.get(`/staff/takedowns?${query}`, { cookie: who }))
      const link = page.all('a').find((one) => attributeOf(one, 'rel') === rel)
      return link && (attributeOf(link, 'href') ?? '').replace(/^.*\?/, '').replaceAll('&amp;', '&')
    }
    for (const sort of ['due', 'received', 'event']) {
      const first = await queue(`sort=${sort}`)
      const next = (await turn(`sort=${sort}`, 'next')) ?? ''
      const second = await queue(next)
      expect([first.length, second.length]).toEqual([50, 2])
      expect(new Set([...first, ...second])).toEqual(new Set(references))
      expect(await turn(next, 'next')).toBeUndefined()
      const back = (await turn(next, 'prev')) ?? ''
      expect(await queue(back)).toEqual(first)
      expect(await turn(back, 'prev')).toBeUndefined()
    }
    indexAll(desk)
    expect((await queue('sort=received'))[0]).toBe(references[51])
    expect((await queue('sort=due'))[0]).toBe(references[0])
    expect(await queue('q=needle')).toEqual([references[7]])
    expect(await queue(`q=${encodeURIComponent('100%_')}`)).toEqual([references[7]])
    expect(await queue(`q=${encodeURIComponent('1%x')}`)).toEqual([])
    expect(await queue('q=0529998877')).toEqual([references[9]])
    expect(await queue(`q=${references[3]}`)).toEqual([references[3]])
    expect(await queue(`q=${references[3]?.slice(4, 9)}`)).toEqual([references[3]])
    expect(await queue('at=ashams.com')).toHaveLength(50)
    expect(await queue('at=elsewhere.example')).toEqual([])
    expect(await queue('status=closed')).toEqual([])
    expect(await queue('assignee=me')).toEqual([])
    expect(await queue('assignee=nobody')).toHaveLength(50)
    for (const odd of [
      'status=x&page=-1&sort=z',
      'page=1e9',
      'q=%00',
      "q=' OR 1=1--",
      'q=a&q=b',
      'assignee=1e400',
      'page=0.5',
    ]) {
      await queue(odd)
    }
    expect((await readPage(await desk.get('/staff', { cookie: who }))).text).toContain('Hay 0')
  })
})

describe('a view of the queue', () => {
  const post = (path: string, body: Record<string, string>) =>
    app.post(path, new URLSearchParams(body), { cookie })

  it('gets a name, for oneself or for everybody, and loses it again', async () => {
    const viewer = await app.signIn({ email: 'views@example.org', role: 'viewer' })
    const linksTo = async (name: string, who = cookie) => {
      const page = await readPage(await app.get('/staff/takedowns', { cookie: who }))
      const link = page
        .all('a')
        .find((one) => page.html.includes(name) && (attributeOf(one, 'href') ?? '').includes('lang=he'))
      return link ? attributeOf(link, 'href') : undefined
    }
    const nameless = await post('/staff/views', { query: 'lang=he&page=after-1-1', name: ' \u200b' })
    expect(nameless.status).toBe(422)
    await post('/staff/views', { query: 'lang=he&page=after-1-1&junk=1', name: 'Hebrew ones' })
    expect(await linksTo('Hebrew ones')).toBe('/staff/takedowns?status=open&sort=due&lang=he')
    expect(await linksTo('Hebrew ones', viewer)).toBeUndefined()
    await post('/staff/views', { query: 'lang=he', name: 'Everybody', shared: 'yes' })
    expect(await linksTo('Everybody', viewer)).toBeDefined()
    for (const { id } of queueViewsOf(app.services.db, staffIdOf(app)))
      await post(`/staff/views/${id}/removal`, {})
    expect(await linksTo('Everybody')).toBeUndefined()
  })

  it('gets another name from its owner, and from nobody who may not', async () => {
    const viewer = await app.signIn({ email: 'renames@example.org', role: 'viewer' })
    await post('/staff/views', { query: 'lang=ar', name: 'First' })
    await post('/staff/views', { query: 'lang=en', name: 'Second' })
    await post('/staff/views', { query: 'lang=he', name: 'For all', shared: 'yes' })
    const views = () => queueViewsOf(app.services.db, staffIdOf(app))
    const idOf = (name: string) => views().find((view) => view.name === name)?.id
    const shared = idOf('For all')
    const second = idOf('Second')
    const unnamed = await post(`/staff/views/${second}/name`, { name: ' ' })
    expect(unnamed.headers.get('location')).toContain('lang=en')
    await app.post(`/staff/views/${shared}/name`, new URLSearchParams({ name: 'Mine' }), { cookie: viewer })
    expect(idOf('Second')).toBe(second)
    expect(idOf('For all')).toBe(shared)
    const renamed = await post(`/staff/views/${second}/name`, { name: '  First ' })
    expect(renamed.status).toBe(303)
    expect(views().map(({ name, query }) => [name, query.includes('lang=en')])).toEqual([
      ['First', true],
      ['For all', false],
    ])
    for (const { id } of views()) await post(`/staff/views/${id}/removal`, {})
  })

  it('is downloaded whole, with names that no spreadsheet runs', async () => {
    const sent = await app.submit({ name: '=1+1' })
    const answer = await app.get('/staff/takedowns.csv?sort=received', { cookie })
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const text = await answer.text()
    expect(text.split('\r\n')[1]).toContain(`${sent.reference},`)
    expect(text.split('\r\n')[1]).toContain(",'=1+1,")
    expect((await app.get('/staff/takedowns.csv')).status).toBe(303)
  })
})

describe('mail that did not go', () => {
  it('shows on every page and is queued again with its address mended', async () => {
    const sent = await app.submit({ email: 'typo@exmaple.org' })
    const { db } = app.services
    await app.letters(1)
    const letter = Number(
      db.$client
        .prepare("SELECT id FROM outgoing_messages WHERE kind = 'receipt' AND takedown_id = ?")
        .pluck()
        .get(takedownOf(app, sent).id),
    )
    await settled(letter)
    db.$client
      .prepare(
        "UPDATE outgoing_messages SET state = 'failed', last_reply = '550 <no> such user' WHERE id = ?",
      )
      .run(letter)
    for (const path of ['/staff', '/staff/takedowns', at(sent)]) {
      const page = await readPage(await app.get(path, { cookie }))
      expect(page.all('a').some((link) => attributeOf(link, 'href') === '/staff/mail')).toBe(true)
      expect(page.text).toContain('could not be sent')
    }
    const mail = await readPage(await app.get('/staff/mail', { cookie }))
    expect(mail.text).toContain('550 <no> such user')
    const requeue = (address: string, id: number | string = letter) =>
      app.post(`/staff/mail/${id}/requeue`, new URLSearchParams({ address }), { cookie })
    for (const bad of ['', 'x', 'a@example.org, b@example.org']) expect((await requeue(bad)).status).toBe(422)
    const refused = await readPage(await requeue('x'))
    expect(refused.errors()).toMatchObject([{ at: `#address-${letter}` }])
    expect(refused.byId(`address-${letter}`)).toBeDefined()
    expect(refused.values('address')).toContain('x')
    expect(refused.html).toMatch(/<title>Error: /)
    for (const id of ['x', '999999', '1e400']) expect((await requeue('a@example.org', id)).status).toBe(409)
    expect((await requeue('right@example.org')).status).toBe(303)
    expect((await settled(letter)).recipient_address).toBe('right@example.org')
    expect((await show(sent)).text).toContain('right@example.org')
    expect(requeueLetter(db, { id: letter, actor: { kind: 'system' }, now: app.clock.now() })).toEqual({
      ok: false,
      refusal: 'refused',
    })
  })

  /** Waits until the letter has gone. */
  async function settled(id: number): Promise<{ recipient_address: string }> {
    const find = app.services.db.$client.prepare(
      "SELECT recipient_address FROM outgoing_messages WHERE id = ? AND state = 'submitted'",
    )
    for (let tries = 0; tries < 200; tries++) {
      const row: unknown = find.get(id)
      if (typeof row === 'object' && row !== null)
        return { recipient_address: String(Reflect.get(row, 'recipient_address')) }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('the letter has not gone')
  }
})

it('the desk changes its language, and stays where it was', async () => {
  const answer = await app.get('/staff/locale?to=ar&back=/staff/mail', { cookie })
  expect(answer.headers.get('location')).toBe('/staff/mail')
  expect((await readPage(await app.get('/staff/mail', { cookie }))).html).toContain(
    '<html lang="ar" dir="rtl">',
  )
  await app.get('/staff/locale?to=xx', { cookie })
  expect((await readPage(await app.get('/staff', { cookie }))).html).toContain('lang="ar"')
  await app.get('/staff/locale?to=en', { cookie })
})
