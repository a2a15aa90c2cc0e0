import type { Request, RequestHandler, Response } from 'express'

const lingerMs = 1000
const lookMs = 20
const mostDrainedBytes = 8 * 1024 * 1024

/**
 * First in the column: no body is read on after its answer. Node by itself reads to the end whatever an answer left
 * unread, a gigabyte sent to a page that is not there as well.
 */
export const cutOffUnreadBodies: RequestHandler = (req, res, next) => {
  if (hasBody(req)) cutOffAfterAnswer(req, res)
  next()
}

export const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0

/**
 * After an answer that came before the body was all in. The rest is read a little while, because a browser that is
 * still sending may not see the answer when the connection is cut under it; then the socket is destroyed, so that an
 * endless body is not read.
 */
function cutOffAfterAnswer(req: Request, res: Response): void {
  const { socket } = req
  // Node closes a connection that is not to be kept with the answer; what is still on its way then destroys the answer.
  const isLast = !res.shouldKeepAlive
  res.shouldKeepAlive = true
  res.once('finish', () => {
    if (req.complete) return void (isLast && socket.end())
    const until = performance.now() + lingerMs
    const mostRead = socket.bytesRead + mostDrainedBytes
    req.resume()
    const timer = setInterval(() => {
      if (req.complete && isLast) socket.end()
      if (req.complete || socket.destroyed) return clearInterval(timer)
      if (socket.bytesRead > mostRead) stopReading(req)
      if (performance.now() > until) socket.destroy()
    }, lookMs)
  })
}

/**
 * A pause alone does not hold: multer leaves a listener behind, sooner or later, that reads on, and its removal sets the
 * stream flowing once more a tick later. So this is said again at every look.
 */
function stopReading(req: Request) {
  if (req.listenerCount('readable') > 0) req.removeAllListeners('readable')
  if (req.listenerCount('data') > 0) req.removeAllListeners('data')
  req.pause()
  // A body that nobody began to read goes past the stream: only the socket holds it.
  req.socket.pause()
}
