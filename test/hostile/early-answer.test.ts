import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { testApp } from '../support/test-app.ts'
import { rawRequest } from './raw-request.ts'

it('P6: an answer that came before the body reaches a proxy that keeps no connection and is still sending', async () => {
  const { listening } = await testApp()
  const { hostname, port } = new URL(listening)
  const socket = connect(Number(port), hostname).pause()
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  const closed = new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve))
  const head = [
    'POST /en/takedowns HTTP/1.1',
    'Host: x',
    'Connection: close',
    'Content-Length: 500000',
    '',
    '',
  ]
  socket.write(head.join('\r\n'))
  for (let piece = 0; piece < 3; piece++) {
    await sleep(100)
    socket.write(Buffer.alloc(20_000))
  }
  socket.resume()
  await closed
  expect(answer).toMatch(/^HTTP\/1.1 403 [\s\S]*<\/html>/)
})

it('and one that came after it is closed as the proxy asked', async () => {
  const { listening } = await testApp()
  const head = ['POST /nowhere HTTP/1.1', `Origin: ${listening}`, 'Content-Length: 3']
  expect((await rawRequest(listening, head, 'a=1')).status).toBe(404)
  // A connection that is kept would last ten seconds.
}, 8000)
