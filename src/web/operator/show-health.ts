import type { RequestHandler } from 'express'

export const showHealth: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ status: 'alive' })
}
