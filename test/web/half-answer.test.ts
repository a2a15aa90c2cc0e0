import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, it, onTestFinished, vi } from 'vitest'
import { errors } from '../../src/web/middleware/errors.ts'
import { testApp } from '../support/test-app.ts'

it('P17: an answer that fails in its middle is cut off, and nobody prints the words of the error', async () => {
  const { services } = await testApp()
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => printed.mockRestore())
  const app = express().set('env', 'production')
  app.get('/', (_req, res) => {
    res.write('the first half')
    throw new Error('Rana Khoury, 050-123-4567')
  })
  app.use(errors(services))
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  await expect(fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())).rejects.toThrow()
  expect(printed).not.toHaveBeenCalled()
})
