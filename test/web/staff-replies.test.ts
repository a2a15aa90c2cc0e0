import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { defaultReplies } from '../../src/staff/default-replies.ts'
import { listReplies } from '../../src/staff/replies.ts'
import { fillReply, unknownVariables } from '../../src/staff/reply-variables.ts'
import { takedownOf } from '../support/claimant.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie: string
beforeAll(async () => {
  app = await startTestApp()
  cookie = await app.signIn()
})
afterAll(() => stopTestApp(app))

const library = async (query = '') => readPage(await app.get(`/staff/replies${query}`, { cookie }))
const post = (path: string, values: Record<string, string>, who = cookie) =>
  app.post(`/staff/replies${path}`, new URLSearchParams(values), { cookie: who })
const replyNamed = (name: string) => {
  const reply = listReplies(app.services.db, { withRetired: true }).find((one) => one.name === name)
  if (!reply) throw new Error(`there is no reply ${name}`)
  return reply
}

describe('the replies that come with the program', () => {
  it('are written in all three languages and leave nothing open that cannot be filled in', () => {
    expect(listReplies(app.services.db)).toHaveLength(defaultReplies.length)
    for (const { texts, names } of defaultReplies) {
      for (const locale of locales) {
        expect(names[locale]).not.toBe('')
        expect(unknownVariables(texts[locale])).toEqual([])
        const variables = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
        expect(variables(texts[locale]), names.en).toEqual(variables(texts.en))
      }
    }
  })

  it('come once: what is retired does not come back with the next start', async () => {
    const own = await startTestApp()
    const who = await own.signIn()
    const [first] = listReplies(own.services.db)
    await own.post(`/staff/replies/${first?.id}/retirement`, new URLSearchParams(), { cookie: who })
    await own.stop()
    const again = await startTestApp({}, { dataDir: own.dataDir })
    expect(listReplies(again.services.db)).toHaveLength(defaultReplies.length - 1)
    await stopTestApp(again)
  })
})

describe('a reply', () => {
  it('is written, found, changed and retired', async () => {
    expect(
      (await post('', { name: 'Archive', en: 'The archive of {name}', ar: 'أرشيف الإذاعة' })).status,
    ).toBe(303)
    expect((await library('?q=archive')).text).toContain('The archive of {name}')
    expect((await library(`?q=${encodeURIComponent('ارشيف الاذاعه')}`)).text).toContain('Archive')
    expect((await library('?q=archive')).text).toContain('No text in עברית')
    expect((await library('?q=nothing-like-it')).text).toContain('No replies found')
    const { id, at } = replyNamed('Archive')
    app.clock.pass(1000)
    await post(`/${id}`, { at: String(at), name: 'Archive 2', en: 'New words', ar: '' })
    expect(replyNamed('Archive 2').texts).toEqual({ en: 'New words' })
    await post(`/${id}/retirement`, {})
    expect((await library()).text).not.toContain('Archive 2')
    expect((await library('?retired=1')).text).toContain('Archive 2')
    await post(`/${id}/retirement`, { back: 'yes' })
    expect((await library()).text).toContain('Archive 2')
  })

  it('is refused at the field with what it lacks or does not know, and comes back as typed', async () => {
    for (const [values, field] of [
      [{ name: ' ', en: 'x' }, '#name'],
      [{ name: 'n'.repeat(101), en: 'x' }, '#name'],
      [{ name: 'n' }, '#text-ar'],
      [{ name: 'n', he: 'שלום {nmae} {' }, '#text-he'],
      [{ name: 'n', en: '{}' }, '#text-en'],
      [{ name: 'n', en: 'x'.repeat(10_001) }, '#text-en'],
    ] as const) {
      const page = await readPage(await post('', values))
      expect(page.status).toBe(422)
      expect(page.errors().map(({ at }) => at)).toEqual([field])
    }
    const page = await readPage(await post('', { name: 'n', he: 'שלום {nmae}' }))
    expect(page.text).toContain('{nmae}')
    expect(page.values('he')).toEqual(['שלום {nmae}'])
  })

  it('that somebody else has saved meanwhile is not overwritten unseen', async () => {
    await post('', { name: 'Two at once', en: 'first' })
    const { id, at } = replyNamed('Two at once')
    app.clock.pass(1000)
    await post(`/${id}`, { at: String(at), name: 'Two at once', en: 'hers' })
    const answer = await post(`/${id}`, { at: String(at), name: 'Two at once', en: 'his' })
    expect(answer.status).toBe(409)
    const page = await readPage(answer)
    expect(page.values('en')).toEqual(['his'])
    expect(replyNamed('Two at once').texts.en).toBe('hers')
    await post(`/${id}`, { at: page.values('at')[0] ?? '', name: 'Two at once', en: 'his' })
    expect(replyNamed('Two at once').texts.en).toBe('his')
  })

  it('is read by viewers, and written by those who act', async () => {
    const viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
    expect((await app.get('/staff/replies', { cookie: viewer })).status).toBe(200)
    expect((await app.get('/staff/replies/new', { cookie: viewer })).status).toBe(403)
    expect((await post('', { name: 'n', en: 'x' }, viewer)).status).toBe(403)
    expect((await post('/1/retirement', {}, viewer)).status).toBe(403)
    expect((await app.get('/staff/replies/x', { cookie })).status).toBe(404)
  })
})

describe('inserting', () => {
  it('puts the reply under what is typed, in the claimant’s language, its variables filled in', async () => {
    await post('', { name: 'All', en: 'For {name}: {reference}, {page}, {due}. {braces', he: 'עברית' })
    const sent = await app.submit({
      locale: 'en',
      name: 'Rana Example',
      pages: ['ashams.com/1', 'ashams.com/2'],
    })
    const at = `/staff/takedowns/${sent.reference}`
    const { version } = takedownOf(app, sent)
    await app.post(`${at}/assignment`, new URLSearchParams({ version: String(version) }), { cookie })
    const reply = String(replyNamed('All').id)
    const insert = (values: Record<string, string>) =>
      app.post(`${at}/drafts`, new URLSearchParams({ form: 'letter', intent: 'insert', ...values }), {
        cookie,
      })
    const body = async () =>
      ((await readPage(await app.get(at, { cookie }))).values('body')[0] ?? '').replace(
        /[\u2066-\u2069]/g,
        '',
      )
    expect((await insert({ reply, body: 'Typed before. ', question: 'yes' })).status).toBe(303)
    const expected = `For Rana Example: ${sent.reference}, https://ashams.com/1\nhttps://ashams.com/2, 5 November 2026. {braces`
    expect(await body()).toBe(`Typed before.\n\n${expected}`)
    expect((await readPage(await app.get(at, { cookie }))).values('question')).toEqual(['yes'])
    // From the library there is no form of the letter: the draft stays above.
    await insert({ reply })
    expect(await body()).toBe(`Typed before.\n\n${expected}\n\n${expected}`)
    await insert({ reply: 'x', body: 'only mine' })
    expect(await body()).toBe('only mine')
  })

  it('offers what is not written in the claimant’s language only as missing', async () => {
    await post('', { name: 'Hebrew alone', he: 'עברית בלבד' })
    const sent = await app.submit({ locale: 'ar' })
    const page = await readPage(await app.get(`/staff/takedowns/${sent.reference}`, { cookie }))
    const option = page
      .all('option')
      .find((one) => attributeOf(one, 'value') === String(replyNamed('Hebrew alone').id))
    expect(option && attributeOf(option, 'disabled')).toBeDefined()
  })

  it('fills in values as they are, without reading them again', () => {
    const values = { name: '{due} $& $1', reference: 'r', page: 'p', due: 'd' }
    expect(fillReply('{name} {other}', values)).toBe('{due} $& $1 {other}')
  })
})
