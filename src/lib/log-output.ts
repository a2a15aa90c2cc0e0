import { fstatSync, writeSync } from 'node:fs'

/** Takes whole lines. Never throws and never waits. */
export interface LogOutput {
  write(lines: string): void
}

/** True when all of it was taken. */
type Put = (text: string) => boolean

/** Bytes that may wait for a reader who stands still; what comes on top is lost. */
const mostWaitingBytes = 1024 * 1024

/**
 * A log that stops nothing: where the disk is full, the reader has gone or stands still, lines are lost and counted, and
 * the count is told once lines go out again. Standard output by itself ends the process at the first such fault.
 */
export function createLogOutput({ stdout }: NodeJS.Process): LogOutput {
  const put = isPipe(stdout.fd) ? putIntoPipe(stdout) : putIntoFile((bytes) => writeSync(stdout.fd, bytes))
  return countingLost(put)
}

export function countingLost(put: Put): LogOutput {
  let lost = 0
  return {
    write(lines) {
      if (lost > 0 && put(lostLine(lost))) lost = 0
      if (lost > 0 || !put(lines)) lost += 1
    },
  }
}

const lostLine = (lost: number) =>
  `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lost, msg: 'log_lines_lost' })}\n`

function isPipe(fd: number): boolean {
  try {
    const kind = fstatSync(fd)
    return kind.isFIFO() || kind.isSocket()
  } catch {
    return false
  }
}

/** `write` is told bytes and answers how many of them it took, as write(2) does. */
export function putIntoFile(write: (bytes: Buffer) => number): Put {
  // A disk that fills up takes the beginning of a line: the next one must not be glued to it.
  let isInLine = false
  return (text) => {
    const bytes = Buffer.from(isInLine ? `\n${text}` : text)
    try {
      const taken = write(bytes)
      if (taken > 0) isInLine = taken < bytes.length
      return taken === bytes.length
    } catch {
      return false
    }
  }
}

/** What the pipe has room for goes at once, so that nothing is missing at the end of the process. */
function putIntoPipe(pipe: NodeJS.WriteStream): Put {
  // The reader has gone (EPIPE): `writable` says so from now on.
  pipe.on('error', () => undefined)
  return (text) => {
    if (!pipe.writable || pipe.writableLength > mostWaitingBytes) return false
    pipe.write(text)
    return true
  }
}
