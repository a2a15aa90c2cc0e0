import { once } from 'node:events'
import { createServer, Socket } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { startMailServer } from '../outbox/rig.ts'
import { pngOf } from '../support/images.ts'
import { mailOf, receive } from '../support/mail.ts'
import { testApp } from '../support/test-app.ts'

it('P12: nothing that a stranger typed, sent or mailed opens a connection', async () => {
  let visits = 0
  const trap = createServer((socket) => {
    visits += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(trap, 'listening')
  onTestFinished(() => void trap.close())
  const address = trap.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const bait = `http://127.0.0.1:${port}/x.png`
  const mailServer = await startMailServer()
  const app = await testApp({ SMTP_URL: mailServer.url, SITE_HOSTS: 'ashams.com' })
  const connects = vi.spyOn(Socket.prototype, 'connect')
  onTestFinished(() => connects.mockRestore())

  await app.submit({
    pages: [`https://ashams.com/1?next=${bait}`],
    statement: `<img src="${bait}"> ${bait}`,
    email: 'claimant@localhost.example',
    files: [{ name: `${bait}.png`, content: await pngOf() }],
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><image href="${bait}"/></svg>`
  const html = `<img src="${bait}"><link rel=stylesheet href="${bait}"><p>https://ashams.com/articles/1</p>`
  const attachments = [{ filename: 'a.svg', content: svg, contentType: 'image/svg+xml' }]
  await receive(app, await mailOf({ html, attachments, headers: { 'X-Image-Url': bait } }))
  await expect.poll(() => mailServer.taken.length, { timeout: 20_000 }).toBeGreaterThan(1)

  const ports = connects.mock.calls.map(([first]) => JSON.stringify(first))
  const own = [app.listening, mailServer.url].map((url) => new URL(url).port)
  expect(ports.filter((to) => !own.some((port) => to.includes(port)))).toEqual([])
  expect(ports.some((to) => to.includes(`${mailServer.port}`))).toBe(true)
  expect(visits).toBe(0)
})
