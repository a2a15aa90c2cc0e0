import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { serve } from '../../src/serve.ts'
import { longName, seedScenes } from '../support/scenes.ts'
import { clientOf, staffPassword } from '../support/test-app.ts'
import { serveMailViewer } from './mail-viewer.tsx'

/**
 * `npm run dev`: the server on data of its own, filled once with plainly example takedowns, and beside it a viewer
 * for the mail that it writes. Nothing is sent anywhere.
 */
async function main() {
  const { SMTP_URL: _, ...environment } = process.env
  const config = readConfig({
    DATA_DIR: './data/dev',
    LOG_LEVEL: 'warn',
    SUBMISSIONS_PER_HOUR: '10000',
    ...environment,
  })
  const isNew = !existsSync(join(config.dataDir, 'takedowns.sqlite'))
  const running = await serve(config, systemClock, createLogger(config.logLevel))
  const viewer = await serveMailViewer(join(config.dataDir, 'mail'), config.port === 0 ? 0 : config.port + 1)
  if (isNew) await seedScenes(clientOf(running, config.dataDir), longName)
  process.stdout.write(
    [
      `form    ${running.listening}/`,
      `staff   ${running.listening}/staff   staff-ar@example.org, staff-he@example.org or staff-en@example.org, password "${staffPassword}"`,
      `mail    ${viewer.listening}/`,
      '',
    ].join('\n'),
  )
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      viewer.close()
      running.stop().finally(() => process.exit(0))
    })
  }
}

await main()
