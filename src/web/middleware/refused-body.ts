import type { Request, Response } from 'express'

const lingerMs = 1000
const mostDrainedBytes = 8 * 1024 * 1024

/**
 * After an answer that came before the body was all in. The rest is read a little while, because a browser that is
 * still sending may not see the answer when the connection is cut under it; then the socket is destroyed, so that an
 * endless body is not read.
 */
export function cutOffAfterAnswer(req: Request, res: Response): void {
  res.once('finish', () => {
    if (req.complete) return
    let drained = 0
    req.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > mostDrainedBytes) stopReading(req)
    })
    req.resume()
    const timer = setTimeout(() => {
      if (!req.complete) req.socket.destroy()
    }, lingerMs)
    timer.unref()
    req.once('end', () => clearTimeout(timer))
  })
}

/** A pause alone does not hold: multer leaves a listener behind that reads on. */
function stopReading(req: Request) {
  req.removeAllListeners('readable')
  req.removeAllListeners('data')
  req.pause()
}
