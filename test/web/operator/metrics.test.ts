import { expect, it } from 'vitest'
import { testApp } from '../../support/test-app.ts'

const metricsOf = async (app: Awaited<ReturnType<typeof testApp>>) => (await app.get('/metrics')).text()

it('requests are told by the pattern of their route, and by nothing that a client wrote', async () => {
  const app = await testApp()
  const { reference, accessKey } = await app.submit()
  await app.get(`/en/takedowns/${reference}?key=${accessKey}`)
  await app.get('/en/nowhere-at-all?q=word')
  await app.get(`/STAFF/takedowns/${reference}`)
  const text = await metricsOf(app)
  const counted = text.match(/^http_request_duration_seconds_count\{.*$/gm) ?? []
  expect(counted.join('\n')).toContain('method="POST",route="/:locale/takedowns",status="2xx"')
  expect(counted.join('\n')).toContain('method="GET",route="/:locale/takedowns/:reference",status="3xx"')
  expect(counted.join('\n')).toContain('method="GET",route="unknown",status="4xx"')
  for (const word of [reference, accessKey, 'nowhere', 'STAFF']) expect(text).not.toContain(word)
})

it('takedowns are told by door, since the start and altogether, and by how long they wait', async () => {
  const app = await testApp()
  await app.submit()
  app.clock.pass(30 * 86_400_000)
  const text = await metricsOf(app)
  expect(text).toContain('takedowns_by_door{door="form"} 1')
  expect(text).toContain('takedowns_by_door{door="email"} 0')
  expect(text).toContain('takedowns_received_total{door="form"} 1')
  expect(text).toContain(`takedowns_oldest_seconds{status="received"} ${30 * 86_400}`)
  expect(text).toContain('takedowns_overdue 1')
  expect(text).toMatch(/^takedowns_most_overdue_seconds [1-9]/m)
  expect(text).toMatch(/^build_info\{version="\d/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
})

it('a status that has emptied is told as none', async () => {
  const app = await testApp()
  await app.submit()
  expect(await metricsOf(app)).toContain('takedowns{status="received"} 1')
  app.services.db.$client.exec("UPDATE takedowns SET status = 'closed', next_due_at = NULL")
  const text = await metricsOf(app)
  expect(text).not.toMatch(/^takedowns\{status="received"\} [1-9]/m)
  expect(text).not.toMatch(/^takedowns_oldest_seconds\{status="received"\}/m)
})

it('while the database does not answer, the rest is told', async () => {
  const app = await testApp()
  app.services.db.$client.exec('ALTER TABLE takedown_counts RENAME TO gone')
  const answer = await app.get('/metrics')
  expect(answer.status).toBe(200)
  const text = await answer.text()
  expect(text).toMatch(/^disk_free_bytes [1-9]/m)
  expect(text).toMatch(/^database_log_bytes [1-9]/m)
  expect(text).not.toMatch(/^takedowns/m)
})
