import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAs, takedownOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie: string
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
})
afterAll(() => stopTestApp(app))

it.each([
  ['Arabic', 'محمّد\u200cعلي الخوري', 'الصورة «الأولى» لي؛ نشرتموها؟'],
  ['Hebrew', 'ד״ר שָׂרָה כהן־לוי', 'התמונה שלי, ע״פ חוק: 100%'],
  ['English', "Zoë O’Neil-Núñez 'Z'", 'The "first" picture & <b>mine</b>; $1 {name} %s'],
  ['a formula', '=1+1', '=HYPERLINK("http://evil.example")'],
  ['a formula with a plus', '+1+cmd|calc', '+1'],
  ['a formula with a dash', '-2+3', '-1'],
  ['a formula with an at sign', '@SUM(A1)', '@a'],
  ['SQL', "Robert'); DROP TABLE takedowns;--", "' OR 1=1 --"],
  ['a shell', '$(reboot) `id` | cat', '; rm -rf /'],
])(
  'P10: %s comes back character for character, everywhere, and does nothing',
  async (_what, name, statement) => {
    const before = (await app.letters(0)).length
    const sent = await app.submit({ name, statement, locale: 'en' })
    const kept = takedownOf(app, sent)
    expect([kept.claimantName, kept.statement]).toEqual([name, statement])
    const status = await readPage(await app.get(new URL(sent.statusUrl).pathname, await openAs(app, sent)))
    const desk = await readPage(await app.get(`/staff/takedowns/${sent.reference}`, { cookie }))
    for (const page of [status, desk]) {
      expect(page.text).toContain(name)
      expect(page.text).toContain(statement)
    }
    const receipt = Buffer.from(sent.receipt.split('.')[1] ?? '', 'base64url').toString()
    expect(receipt).toContain(JSON.stringify(name))
    const letters = (await app.letters(before + 2)).filter(({ subject }) => subject?.includes(sent.reference))
    for (const letter of letters) {
      expect(letter.text).toContain(name)
      expect(letter.headers.filter(({ key }) => key === 'bcc')).toEqual([])
    }
    const csv = await (await app.get('/staff/takedowns.csv', { cookie })).text()
    const row = csv.split('\r\n').find((line) => line.startsWith(sent.reference)) ?? ''
    const isFormula = /^[=+\-@]/.test(name)
    expect(row).toContain(isFormula ? `,'${name}` : name)
  },
)
