import { readFileSync } from 'node:fs'

/** How many files and connections this process may have open at once. Linux tells it as text; elsewhere it is far above what is needed. */
export function mostOpenFiles(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
