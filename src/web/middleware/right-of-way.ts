import type { RequestHandler } from 'express'
import type { Services } from '../../services.ts'

/** From here until the answer is out, letters and safe copies stand back. Put it after the body is in: a slow one is no work. */
export const takeRightOfWay =
  ({ rightOfWay }: Services): RequestHandler =>
  (_req, res, next) => {
    res.once('close', rightOfWay.take())
    next()
  }
