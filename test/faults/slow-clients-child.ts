import { connect, type Socket } from 'node:net'

/**
 * Holds very many connections that hardly move and ends by itself: `slow-clients-child.ts <origin> <count> <seconds>`.
 * Says "all there" once every connection has been tried.
 */
const [origin = '', count = '0', seconds = '0'] = process.argv.slice(2)
const { hostname, port } = new URL(origin)
const post = `POST /en/takedowns HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\n`
const part = 'Content-Disposition: form-data; name="screenshot"; filename="a.png"'

/** What each sends at first; then one byte every few seconds. */
const beginnings = [
  // Nothing at all.
  '',
  // Headers without end.
  'GET /en HTTP/1.1\r\nHost: x\r\nX-Slow: ',
  // A form without end, of known and of unknown length.
  `${post}Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 900000\r\n\r\n--B\r\n${part}\r\n\r\n`,
  `${post}Content-Type: multipart/form-data; boundary=B\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n--B\r\n\r\n`,
  // Words without end.
  `POST /en/track HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\na=`,
  // An answer that is never read.
  'GET /en HTTP/1.1\r\nHost: x\r\n\r\n',
]

const sockets: Socket[] = []
for (let nth = 0; nth < Number(count); nth++) {
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(beginnings[nth % beginnings.length] ?? '')
  sockets.push(socket)
  // Slow clients are many, not quick: some hundred a second.
  if (nth % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 200))
}
process.stdout.write('all there\n')
setInterval(() => {
  for (const socket of sockets) if (!socket.destroyed) socket.write('x')
}, 4000)
setTimeout(() => process.exit(0), Number(seconds) * 1000)
