import { ConfigRefused, readConfig } from './config.ts'
import { isNotUsableNow } from './db/busy.ts'
import { DatabaseRefused } from './db/open.ts'
import { AlreadyRunning } from './db/process-lock.ts'
import { systemClock } from './lib/clock.ts'
import { commandLine } from './lib/command-line.ts'
import { isDiskFault } from './lib/disk-fault.ts'
import { createLogOutput, type LogOutput } from './lib/log-output.ts'
import { createLogger, type Logger } from './lib/logger.ts'
import { keepFilesPrivate } from './lib/private-files.ts'
import { version } from './lib/version.ts'
import { type Running, serve } from './serve.ts'
import { countAccounts } from './staff/accounts.ts'

/** EX_CONFIG of sysexits.h: the environment is wrong. */
const wrongConfiguration = 78

async function start(): Promise<void> {
  keepFilesPrivate()
  const config = readConfig(process.env)
  const output = createLogOutput(process)
  const logger = createLogger(config.logLevel, output)
  keepErrorsInTheLog(logger)
  // Heard from here on: letters and acts of before begin with the start, and a signal must not cut them off.
  const signalled = whenSignalled(['SIGTERM', 'SIGINT'])
  const running = await serve(config, systemClock, logger)
  announce(running, output)
  logger.info({ version, node: process.version }, 'started')
  stop(running, await signalled)
}

/** For the person at the terminal; everything after is JSON lines. */
function announce({ listening, services }: Running, output: LogOutput): void {
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
      `    ${commandLine} staff add --email you@example.org --name "Your Name" --role admin --password-stdin`,
    )
  }
  output.write(`${lines.join('\n')}\n`)
}

/** Node's own last words hold the error's message, which may quote somebody; and a full disk may refuse its warnings. */
function keepErrorsInTheLog(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'the server ends: an error that nobody caught')
    process.exit(1)
  })
  process.stderr.on('error', () => undefined)
}

const whenSignalled = (signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of signals) process.on(signal, resolve)
  })

function stop({ services, stop }: Running, signal: NodeJS.Signals): void {
  services.logger.info({ signal }, 'stopping')
  stop().then(
    () => {
      services.logger.info('stopped')
      process.exit(0)
    },
    (error: unknown) => {
      services.logger.fatal({ err: error }, 'the stop failed')
      process.exit(1)
    },
  )
}

const isPortTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

function wordsOf(error: unknown): string {
  const isExpected =
    error instanceof ConfigRefused || error instanceof DatabaseRefused || error instanceof AlreadyRunning
  if (isExpected) return error.message
  if (isPortTaken(error)) return 'HOST and PORT are in use by another program'
  if (isDiskFault(error) || isNotUsableNow(error)) {
    return `DATA_DIR cannot be written to: see whether its volume is full, read-only or failing, and whose it is (${error})`
  }
  return String(error)
}

start().catch((error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`)
  process.exit(error instanceof ConfigRefused ? wrongConfiguration : 1)
})
