import pino, { type Logger as PinoLogger } from 'pino'
import type { LogOutput } from './log-output.ts'
import { requestFields } from './request-id.ts'

export type Logger = PinoLogger

/**
 * One JSON line per event, by default on standard output, times in UTC. Names, phones, addresses, keys and texts are
 * never passed to it; errors are reduced to their name, code and stack, because a driver's error may carry a value.
 */
export function createLogger(level: string, output?: LogOutput): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: requestFields,
    serializers: { err: describeError },
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return output ? pino(options, output) : pino(options)
}

/** What may be logged of an error: no message of a database driver (it may quote a row), no request. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { name: 'NotAnError' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, code, stack: stackWithoutMessage(error) }
}

const stackWithoutMessage = (error: Error) =>
  error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .join('\n')
