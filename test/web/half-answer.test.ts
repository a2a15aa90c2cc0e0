import type { AddressInfo } from 'node:net'
import express, { type Response } from 'express'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Services } from '../../src/services.ts'
import { errors } from '../../src/web/middleware/errors.ts'
import { testApp } from '../support/test-app.ts'

it('P17: an answer that fails in its middle is cut off, and nobody prints the words of the error', async () => {
  const { services } = await testApp()
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => printed.mockRestore())
  const port = await serveFailing(services, (res) => res.write('the first half'))
  await expect(fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())).rejects.toThrow()
  expect(printed).not.toHaveBeenCalled()
})

it('P17: an error page that cannot be made leaves the status and no words of any error', async () => {
  const { services } = await testApp()
  const broken: Services = {
    ...services,
    get config(): never {
      throw new Error('no page without it')
    },
  }
  const port = await serveFailing(broken, () => undefined)
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  expect(answer.status).toBe(500)
  expect(await answer.text()).toBe('Internal Server Error')
})

/** Begins an answer, then fails; resolves with its port. */
async function serveFailing(services: Services, begin: (res: Response) => unknown): Promise<number> {
  const app = express().set('env', 'production')
  app.get('/', (_req, res) => {
    begin(res)
    throw new Error('Rana Khoury, 050-123-4567')
  })
  app.use(errors(services))
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
