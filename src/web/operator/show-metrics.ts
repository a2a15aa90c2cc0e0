import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Services } from '../../services.ts'
import { createDatabaseMetrics } from './database-metrics.ts'
import { createServiceMetrics } from './service-metrics.ts'

/** Memory, processor, file descriptors, event loop lag and start time: of the process, however many apps it holds. */
const ofTheProcess = new Registry()
collectDefaultMetrics({ register: ofTheProcess })

/** Prometheus text; counts only, nothing about anybody. While the database does not answer, its part is left out. */
export function showMetrics(services: Services, requests: Registry): RequestHandler {
  const ofTheService = new Registry()
  const ofTheDatabase = new Registry()
  const lookAtService = createServiceMetrics(services, ofTheService)
  const readDatabase = createDatabaseMetrics(services, ofTheDatabase)
  return async (_req, res) => {
    await lookAtService()
    const registries = [ofTheProcess, requests, ofTheService]
    if (succeedsAtOnce(readDatabase)) registries.push(ofTheDatabase)
    const texts = await Promise.all(registries.map((registry) => registry.metrics()))
    res.set('Cache-Control', 'no-store').type(ofTheService.contentType).send(texts.join('\n'))
  }
}

function succeedsAtOnce(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
