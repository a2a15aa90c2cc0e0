import { asc } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { outgoingMessages } from '../../src/db/schema.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import { everyPage, type MarkedScene, mark, seedMarked, typed, visitEvery } from './every-page.ts'
import { findUnisolated, findUnisolatedInText } from './isolation.ts'
import { languages, useApp, useStage } from './stage.ts'

const stage = useStage()

/** Hebrew alone hides faults that Arabic shows (RTL.md). The office's own letters are in the publisher's language. */
for (const locale of ['ar', 'he'] as const) {
  describe(`in ${languages[locale]}`, () => {
    const app = useApp({ DEFAULT_LOCALE: locale })
    let scene: MarkedScene
    beforeAll(async () => {
      scene = await seedMarked(app())
    })

    it('every page isolates what is left to right and what a person wrote', async () => {
      const faults: string[] = []
      await visitEvery(
        2,
        () => stage.page({ locale }),
        async (name, page) => {
          await everyPage[name]?.(page, scene, locale)
          faults.push(...(await page.evaluate(findUnisolated)).map((fault) => `${name}: ${fault}`))
        },
      )
      expect(faults).toEqual([])
    })

    it('each of the texts that people wrote stands on some page', async () => {
      const page = await stage.page({ locale })
      const seen: string[] = []
      for (const name of ['staff-takedown', 'staff-answered', 'staff-offered', 'staff-closed']) {
        await everyPage[name]?.(page, scene, locale)
        seen.push(await page.locator('main').innerText())
      }
      for (const text of [typed.name, typed.staffName, typed.fileName, typed.question, typed.answer]) {
        expect(seen.join()).toContain(mark.exec(text)?.[0])
      }
    })

    const kinds = [
      'new-takedown',
      'receipt',
      'question',
      'update',
      'decision',
      'claimant-wrote',
      'withdrawn',
      'withdrawn-receipt',
    ]
    it.each(kinds)('the letter "%s" isolates them in its HTML and in its plain text', async (kind) => {
      const letters = lettersOf(scene, locale, kind)
      expect(letters.length).toBeGreaterThan(0)
      const page = await stage.page({ locale })
      for (const { htmlBody, textBody } of letters) {
        expect(htmlBody).toMatch(/<(?:html|div)[^>]* dir="rtl"/)
        expect(await unisolatedIn(page, htmlBody)).toEqual([])
        expect(findUnisolatedInText(textBody)).toEqual([])
      }
    })
  })
}

function lettersOf({ app }: MarkedScene, locale: Locale, kind: string) {
  const { db } = app.services
  const rows = db.select().from(outgoingMessages).orderBy(asc(outgoingMessages.id)).all()
  return rows.filter((row) => row.kind === kind && row.htmlBody.includes(`<html lang="${locale}"`))
}

const unisolatedIn = async (page: Page, html: string): Promise<string[]> => {
  await page.setContent(html)
  return page.evaluate(findUnisolated)
}

describe('the check itself', () => {
  const wrong: Record<string, string> = {
    phone: '<p>هاتف +972 50 123 4567</p>',
    'phone in a bdi of its own direction': '<p><bdi>+972 50 123 4567</bdi></p>',
    url: '<p dir="ltr">https://ashams.com/a/</p>',
    'host in a sentence': '<p>הדף הזה באתר example.com ולא אצלנו</p>',
    email: '<a href="mailto:a@b.example">a@b.example</a>',
    reference: '<h1>الطلب TD-7K3M-9Q2F</h1>',
    hash: `<p>${'0a'.repeat(32)}</p>`,
    size: '<li>640 kB</li>',
    date: '<p>في 2025-03-07</p>',
    person: '<p>שלום QXNAME رنا</p>',
    "person beside another person's element": '<p><bdi>QXNAME</bdi>, QXFILE.png</p>',
    'person in a label': '<img alt="لقطة QXFILE.png">',
    'person in a field': '<input dir="ltr" value="QXNAME">',
    'phone in a field': '<input type="tel" dir="auto" value="050-123-4567">',
  }
  it.each(Object.keys(wrong))('finds a wrong %s', async (kind) => {
    const page = await stage.page()
    expect(await unisolatedIn(page, `<body dir="rtl">${wrong[kind]}</body>`)).toHaveLength(1)
  })

  it('lets what is right pass', async () => {
    const page = await stage.page()
    const right = `<p>هاتف <bdi dir="ltr">+972 50 123 4567</bdi></p><p><bdi>QXNAME +972 50 123 4567</bdi></p>
      <p dir="auto">QXSTATEMENT</p><p>23 نوفمبر 2026، 14:05</p><input type="tel" dir="ltr" value="050-123-4567">
      <bdi dir="ltr">https://ashams.com/<bdi>أخبار</bdi>/12</bdi><img alt="لقطة \u2068QXFILE.png\u2069">`
    expect(await unisolatedIn(page, right)).toEqual([])
  })

  it('finds bare values in plain text, and lets isolated ones pass', () => {
    const bare = [
      'هاتف: 050-123-4567',
      'שלום QXNAME,',
      'TD-7K3M-9Q2F התקבל',
      '640 kB',
      'ב־https://a.example/ שלנו',
    ]
    expect(bare.flatMap(findUnisolatedInText)).toHaveLength(bare.length)
    expect(findUnisolatedInText('שלום \u2068QXNAME\u2069,\nhttps://a.example/x\n\u2066640 kB\u2069')).toEqual(
      [],
    )
  })
})
