import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Sends these bytes as they stand and reads until the server closes; answers what no client library would let out. */
export function rawRequest(origin: string, head: readonly string[], body = ''): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answerOf(text)))
    const [line = '', ...headers] = head
    socket.write([line, `Host: ${host}`, 'Connection: close', ...headers, '', body].join('\r\n'))
  })
}

function answerOf(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [line = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map((header): [string, string] => {
    const colon = header.indexOf(':')
    return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()]
  })
  return { status: Number(line.split(' ')[1]), headers: new Map(headers), body: text.slice(end + 4) }
}

/**
 * Begins a request with a body that never ends and sends until the server cuts the connection, `most` bytes at most.
 * Answers the status and how much the server let itself be sent.
 */
export function endlessRequest(
  origin: string,
  head: readonly string[],
  most: number,
): Promise<{ status: number; sent: number }> {
  const { hostname, port, host } = new URL(origin)
  const piece = Buffer.alloc(64 * 1024)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    let sent = 0
    const send = () => {
      while (!socket.destroyed && sent < most) {
        sent += piece.length
        if (!socket.write(piece)) return
      }
      if (sent >= most) socket.destroy()
    }
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('drain', send)
    // Being cut off is what is waited for.
    socket.on('error', () => {})
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), sent }))
    socket.write([...head, `Host: ${host}`, 'Content-Length: 10000000000', '', ''].join('\r\n'))
    send()
  })
}

/** Sends these bytes and answers all that came back until the server closed, or for a second had nothing to say. */
export function rawBytes(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    // A refusal may cut off what is still being sent.
    socket.on('error', () => undefined)
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('close', () => resolve(text))
    socket.write(bytes, 'latin1')
  })
}
