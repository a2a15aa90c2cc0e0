import { connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** How the mail host behaves for a while. */
export type Mood = 'takes' | 'refuses' | 'silent' | 'cuts' | 'down'
export const moods: readonly Mood[] = ['takes', 'refuses', 'silent', 'cuts', 'down']

export interface MailHost {
  readonly url: string
  mood: Mood
  /** How often each Message-ID was taken. */
  readonly taken: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** A real SMTP server behind a door that can be shut, go silent, or cut any connection at any byte. */
export async function startMailHost(): Promise<MailHost> {
  const taken = new Map<string, number>()
  const host: { mood: Mood } = { mood: 'takes' }
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onRcptTo: (_address, _session, callback) =>
      callback(host.mood === 'refuses' ? Object.assign(new Error('busy'), { responseCode: 451 }) : null),
    onData(stream, _session, callback) {
      text(stream).then((raw) => {
        const id = /^message-id:\s*(<\S+>)/im.exec(raw)?.[1] ?? ''
        taken.set(id, (taken.get(id) ?? 0) + 1)
        callback()
      }, callback)
    },
  })
  smtp.on('error', () => undefined)
  const inner = await listening(smtp.server)
  const sockets = new Set<Socket>()
  const door = createServer((client) => {
    sockets.add(client)
    client.on('close', () => sockets.delete(client))
    client.on('error', () => undefined)
    if (host.mood === 'down') return void client.destroy()
    // A silent server's socket stays open until the client gives it up.
    if (host.mood === 'silent') return void client.resume()
    passOn(
      client,
      inner.port,
      host.mood === 'cuts' ? Math.floor(Math.random() * 800) : Number.POSITIVE_INFINITY,
    )
  })
  const outer = await listening(door)
  return {
    url: `smtp://127.0.0.1:${outer.port}`,
    get mood() {
      return host.mood
    },
    set mood(mood) {
      host.mood = mood
    },
    taken,
    async close() {
      for (const socket of sockets) socket.destroy()
      door.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
}

/** Cut after so many bytes of the server's answers: some 500 of them are one whole letter taken. */
function passOn(client: Socket, port: number, cutAfterBytes: number) {
  const server = connect(port, '127.0.0.1')
  server.on('error', () => client.destroy())
  server.on('close', () => client.destroy())
  client.on('close', () => server.destroy())
  client.pipe(server)
  let left = cutAfterBytes
  server.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) client.destroy()
    else client.write(chunk)
  })
}

type Listens = {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
}

function listening(server: Listens): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? Reflect.get(address, 'port') : null
      if (typeof port === 'number') resolve({ port })
      else reject(new Error('no port'))
    })
  })
}
