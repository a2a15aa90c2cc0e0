import { expect, test } from 'vitest'
import type { ComposedLetter } from '../../src/outbox/compose.ts'
import { createSmtpChannel, type SmtpTimeouts } from '../../src/outbox/smtp.ts'
import { noon, type Script, startMailServer, startScriptedServer } from './rig.ts'

const patient: SmtpTimeouts = {
  connection: 9_000,
  greeting: 9_000,
  socket: 9_000,
  attempt: 20_000,
  quit: 100,
}
/** For servers that never answer. */
const quick: SmtpTimeouts = { ...patient, connection: 300, greeting: 300, socket: 300 }
const never = new AbortController().signal

const letter: ComposedLetter = {
  id: 1,
  kind: 'receipt',
  reference: null,
  createdAt: noon,
  raw: Buffer.from('Subject: hello\r\n\r\n.a line that begins with a dot\r\n'),
  envelope: { from: 'info@publisher.example', to: 'rana@example.org' },
}

const send = (url: string, timeouts = patient, over: Partial<ComposedLetter> = {}) =>
  createSmtpChannel(url, timeouts).send({ ...letter, ...over }, never)

async function sendTo(script: Script, timeouts = patient) {
  const server = await startScriptedServer(script)
  return { ...(await send(server.url, timeouts)), received: server.received }
}

test('a letter that the server takes is submitted, byte for byte', async () => {
  const { url, taken } = await startMailServer()
  expect(await send(url)).toMatchObject({ kind: 'submitted', reply: expect.stringMatching(/^250/) })
  expect(taken).toEqual([{ to: ['rana@example.org'], raw: letter.raw.toString() }])
})

test.each<[string, Script]>([
  ['greeting', { greeting: '421 too busy' }],
  ['EHLO', { EHLO: '421 too busy', HELO: '421 too busy' }],
  ['MAIL FROM', { MAIL: '451 later' }],
  ['RCPT TO', { RCPT: '450 greylisted' }],
  ['DATA', { DATA: '451 later' }],
  ['the dot', { dot: '452 no room' }],
])('a 4xx at %s is tried again', async (_step, script) => {
  expect(await sendTo(script)).toMatchObject({ kind: 'retry', reply: expect.stringMatching(/4\d\d/) })
})

test.each<[string, Script]>([
  ['greeting', { greeting: '554 not here' }],
  ['EHLO', { EHLO: '550 no', HELO: '550 no' }],
])('a 5xx at %s is tried again', async (_step, script) => {
  expect(await sendTo(script)).toMatchObject({ kind: 'retry' })
})

test.each<[string, Script]>([
  ['MAIL FROM', { MAIL: '550 no such sender' }],
  ['RCPT TO', { RCPT: '550 5.1.1 no such user' }],
  ['RCPT TO, pipelined', { EHLO: '250-ready\r\n250 PIPELINING', RCPT: '550 no', DATA: '554 no recipient' }],
  ['DATA', { DATA: '554 no' }],
  ['the dot', { dot: '554 looks like spam' }],
])('a 5xx at %s is permanent', async (_step, script) => {
  expect(await sendTo(script)).toMatchObject({ kind: 'failed', reply: expect.stringMatching(/^55\d/) })
})

test.each<[string, Script]>([
  ['the greeting', { greeting: null }],
  ['EHLO', { EHLO: null }],
  ['MAIL FROM', { MAIL: null }],
  ['DATA', { DATA: null }],
])('silence at %s is tried again', async (_step, script) => {
  expect(await sendTo(script, quick)).toMatchObject({
    kind: 'retry',
    reply: expect.stringContaining('ETIMEDOUT'),
  })
})

test.each<[string, Script]>([
  ['the connection', { greeting: 'drop' }],
  ['MAIL FROM', { MAIL: 'drop' }],
  ['RCPT TO', { RCPT: 'drop' }],
  ['DATA', { DATA: 'drop' }],
])('a connection dropped at %s is tried again', async (_step, script) => {
  expect(await sendTo(script)).toMatchObject({ kind: 'retry' })
})

test.each<[string, Script]>([
  ['drops', { dot: 'drop' }],
  ['says nothing', { dot: null }],
  ['says 354 again', { dot: '354 go on' }],
])('after the dot a server that %s leaves it uncertain', async (_what, script) => {
  const result = await sendTo(script, script.dot === null ? quick : patient)
  expect(result.kind).toBe('uncertain')
  expect(result.received).toHaveLength(1)
})

test('P2: a server that never answers QUIT has taken the letter all the same', async () => {
  expect(await sendTo({ QUIT: null })).toMatchObject({ kind: 'submitted' })
})

test('P2: nobody listening is tried again', async () => {
  expect(await send('smtp://127.0.0.1:1')).toMatchObject({
    kind: 'retry',
    reply: expect.stringContaining('ECONNREFUSED'),
  })
})

test('a server that trickles its greeting is cut off', async () => {
  const server = await startScriptedServer({ greeting: null })
  const trickle = setInterval(() => {
    for (const socket of server.connections) socket.write('220-wait\r\n')
  }, 20)
  const result = await send(server.url, { ...patient, attempt: 300 })
  clearInterval(trickle)
  expect(result.kind).toBe('retry')
})

test('a letter larger than the server takes fails before it is sent', async () => {
  const { url, taken } = await startMailServer({ size: 100 })
  expect(await send(url, patient, { raw: Buffer.alloc(200, 'x') })).toMatchObject({ kind: 'failed' })
  expect(taken).toEqual([])
})

test('P2: a wrong password is told apart from everything else', async () => {
  const { port } = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, callback) => callback(new Error('Invalid username or password')),
  })
  expect(await send(`smtp://desk:wrong@127.0.0.1:${port}`)).toMatchObject({
    kind: 'badCredentials',
    reply: expect.stringMatching(/^535/),
  })
})

test('user and password are decoded from the URL, a bare percent sign included', async () => {
  const seen: unknown[] = []
  const { port, taken } = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) => {
      seen.push([auth.username, auth.password])
      callback(null, { user: auth.username })
    },
  })
  expect(await send(`smtp://desk%40publisher.example:p%3Aw@127.0.0.1:${port}`)).toMatchObject({
    kind: 'submitted',
  })
  expect(await send(`smtp://desk:50%off@127.0.0.1:${port}`)).toMatchObject({ kind: 'submitted' })
  expect(seen).toEqual([
    ['desk@publisher.example', 'p:w'],
    ['desk', '50%off'],
  ])
  expect(taken).toHaveLength(2)
})

test('on loopback a certificate that nobody signed is no hindrance', async () => {
  const { port, taken } = await startMailServer({ disabledCommands: [] })
  expect(await send(`smtp://localhost:${port}`, patient)).toMatchObject({
    kind: 'submitted',
  })
  expect(taken).toHaveLength(1)
})

test('elsewhere a letter never travels without TLS', async () => {
  const { port, taken } = await startMailServer()
  // A name for loopback that is not one of the names by which loopback is known.
  const result = await send(`smtp://0.0.0.0:${port}`)
  expect(result).toMatchObject({ kind: 'retry' })
  expect(taken).toEqual([])
})

test('an attempt that is cut off ends at once', async () => {
  const server = await startScriptedServer({ dot: null })
  const cutOff = new AbortController()
  const sending = createSmtpChannel(server.url, patient).send(letter, cutOff.signal)
  await expect.poll(() => server.received.length).toBe(1)
  cutOff.abort()
  expect(await sending).toMatchObject({ kind: 'uncertain' })
})

test('a large letter cut off in the middle is not uncertain', async () => {
  const server = await startScriptedServer({})
  const cutOff = new AbortController()
  const raw = Buffer.alloc(50_000_000, `${'x'.repeat(70)}\r\n`)
  const sending = createSmtpChannel(server.url, patient).send({ ...letter, raw }, cutOff.signal)
  await expect.poll(() => server.connections.size).toBe(1)
  for (const socket of server.connections) {
    socket.on('data', (chunk) => {
      if (chunk.length > 1000) socket.destroy()
    })
  }
  expect(await sending).toMatchObject({ kind: 'retry' })
})

test.each<[string, Script, string]>([
  ['a 454 at AUTH', { AUTH: '454 cannot check now' }, 'retry'],
  ['a 535 at AUTH', { AUTH: '535 no' }, 'badCredentials'],
  ['silence at AUTH', { AUTH: null }, 'retry'],
  ['a connection dropped at AUTH', { AUTH: 'drop' }, 'retry'],
])('P2: %s never fails a letter', async (_what, script, kind) => {
  const server = await startScriptedServer({ EHLO: '250-ready\r\n250 AUTH PLAIN', ...script })
  const timeouts = script.AUTH === null ? quick : patient
  expect(await send(server.url.replace('//', '//desk:secret@'), timeouts)).toMatchObject({ kind })
})

test.each<[string, Script]>([
  ['offered and refused', { STARTTLS: '454 not now' }],
  ['offered and followed by no TLS', { STARTTLS: '220 go on' }],
  ['offered and dropped', { STARTTLS: 'drop' }],
])('P2: with STARTTLS %s the letter waits, and goes nowhere in the clear', async (_what, script) => {
  const server = await startScriptedServer({ EHLO: '250-ready\r\n250 STARTTLS', ...script })
  // A name for loopback that is not one of the names by which loopback is known.
  const result = await send(server.url.replace('127.0.0.1', '0.0.0.0'), quick)
  expect(result).toMatchObject({ kind: 'retry' })
  expect(server.received).toEqual([])
})

test('P2: a certificate that nobody signed is not trusted elsewhere; the letter waits', async () => {
  const { port, taken } = await startMailServer({ disabledCommands: [] })
  expect(await send(`smtp://0.0.0.0:${port}`)).toMatchObject({ kind: 'retry' })
  expect(taken).toEqual([])
})
