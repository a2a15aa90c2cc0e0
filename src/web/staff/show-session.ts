import type { RequestHandler } from 'express'

/** GET /staff/session: 204 to an open page of the desk that asks whether it may still be shown; else it is led to the sign-in. */
export const showSession: RequestHandler = (_req, res) => void res.status(204).end()
