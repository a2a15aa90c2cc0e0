import { expect, it } from 'vitest'
import { filledForm, testApp } from '../support/test-app.ts'

it('a form with the four things of the notice becomes a takedown and leads to its status page', async () => {
  const app = await testApp()
  const answer = await app.post('/ar/takedowns', await filledForm({ email: '' }))
  expect(answer.status).toBe(303)
  const status = answer.headers.get('location') ?? ''
  expect(status).toMatch(/^\/ar\/takedowns\/TD-[0-9A-Z]{4}-[0-9A-Z]{4}\?key=[0-9A-Z]{28}$/)
})
