import { ConfigRefused, readConfig } from './config.ts'
import { DatabaseRefused } from './db/open.ts'
import { AlreadyRunning } from './db/process-lock.ts'
import { systemClock } from './lib/clock.ts'
import { createLogger } from './lib/logger.ts'
import { version } from './lib/version.ts'
import { type Running, serve } from './serve.ts'
import { countAccounts } from './staff/accounts.ts'

/** EX_CONFIG of sysexits.h: the environment is wrong. */
const wrongConfiguration = 78

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)
  const running = await serve(config, systemClock, logger)
  // Before anybody is told that it runs: who is told may stop it at once.
  stopOn(running, ['SIGTERM', 'SIGINT'])
  announce(running)
  logger.info({ version, node: process.version }, 'started')
}

/** For the person at the terminal; everything after is JSON lines. */
function announce({ listening, services }: Running): void {
  const { config, office, channel, db } = services
  const lines = [
    `rightsdesk serves ${config.site.hosts.join(', ')}`,
    `  form       ${office.origin}/`,
    `  staff      ${office.origin}/staff`,
    ...(office.origin === listening ? [] : [`  listening  ${listening}`]),
    `  data       ${config.dataDir}`,
    config.smtpUrl
      ? `  mail       ${channel.description}`
      : `  mail       written to ${channel.description}; nothing leaves this machine (SMTP_URL is not set)`,
  ]
  if (countAccounts(db) === 0) {
    lines.push(
      '  no staff account yet; add the first one with',
      '    npm run cli -- staff add --email you@example.org --name "Your Name" --role admin --password-stdin',
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

function stopOn(running: Running, signals: readonly NodeJS.Signals[]): void {
  let isStopping = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      running.services.logger.info({ signal }, 'stopping')
      running.stop().then(
        () => {
          running.services.logger.info('stopped')
          process.exit(0)
        },
        (error: unknown) => {
          running.services.logger.fatal({ err: error }, 'the stop failed')
          process.exit(1)
        },
      )
    })
  }
}

const isPortTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

start().catch((error: unknown) => {
  const isExpected =
    error instanceof ConfigRefused || error instanceof DatabaseRefused || error instanceof AlreadyRunning
  const words = isPortTaken(error) ? 'HOST and PORT are in use by another program' : String(error)
  process.stderr.write(`${isExpected && error instanceof Error ? error.message : words}\n`)
  process.exit(error instanceof ConfigRefused ? wrongConfiguration : 1)
})
