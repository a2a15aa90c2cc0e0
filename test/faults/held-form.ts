import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Locale } from '../../src/i18n/locales.ts'
import { jpegOf } from '../support/images.ts'
import { readPage } from '../support/read-page.ts'
import { filledForm } from '../support/test-app.ts'

const statement = 'typed "words" <ש>'

/** One submission, to be sent as often as one likes. */
export interface HeldForm {
  readonly submission: string
  body(): Promise<FormData>
}

export async function newForm(): Promise<HeldForm> {
  const submission = randomUUID()
  const files = [{ name: 'shot.jpg', content: await jpegOf(320, 240), type: 'image/jpeg' }]
  return { submission, body: () => filledForm({ submission, files, statement }) }
}

/** 503 in the reader's language with when to come back, the other way in, and every word in its field. */
export async function expectHeld(answer: Response, locale: Locale, at: string): Promise<void> {
  const page = await readPage(answer)
  expect(page.status, at).toBe(503)
  expect(answer.headers.get('retry-after'), at).toMatch(/^\d+$/)
  expect(page.html, at).toContain(`<html lang="${locale}"`)
  expect(page.text, at).toContain('info@ashams.com')
  expect(page.values('statement'), at).toEqual([statement])
  expect(page.values('name'), at).toEqual(['Example Claimant'])
}
