import { expect, it } from 'vitest'
import { translatorFor } from '../../src/i18n/translate.ts'
import { settled } from '../support/browser.ts'
import { useApp, useStage } from './stage.ts'

const stage = useStage()
const app = useApp({ MIN_FREE_MB: '1000000' })

it('P5: who comes to a form that cannot be taken reads it first, and what they typed before comes back', async () => {
  const page = await stage.page()
  await page.goto(`${app().listening}/en`)
  const note = page.locator('main [data-banner]')
  expect(await note.innerText()).toContain(translatorFor('en')('form.short.title'))
  await page.fill('#name', 'Somebody')
  await page.reload()
  await settled(page)
  expect(await page.inputValue('#name')).toBe('Somebody')
  const above = await note.evaluate((one) => one.getBoundingClientRect().bottom)
  expect(above).toBeLessThan((await page.locator('#name').boundingBox())?.y ?? 0)
})
