import { readdirSync, readlinkSync } from 'node:fs'
import { median } from '../bench/numbers.ts'
import { treeOf, usageOf } from '../bench/process-tree.ts'
import { groupBy } from './group-by.ts'

export interface Sample {
  readonly at: number
  readonly pid: number
  /** Of all its processes. */
  readonly bytes: number
  readonly handles: number
}

export function sampleOf(pid: number): Sample | null {
  try {
    const handles = treeOf(pid).reduce((sum, member) => sum + handlesOf(member), 0)
    return { at: Date.now(), pid, bytes: usageOf(pid).residentBytes, handles }
  } catch {
    // It was killed just now.
    return null
  }
}

/** Without the shelves of evidence: they are held open one after another as files come, at most 256 (evidence/store.ts). */
function handlesOf(pid: number): number {
  const paths = readdirSync(`/proc/${pid}/fd`).map((fd) => pathOf(`/proc/${pid}/fd/${fd}`))
  return paths.filter((path) => !/\/evidence\/originals\/../.test(path)).length
}

/** Empty where it was closed just now. */
function pathOf(handle: string): string {
  try {
    return readlinkSync(handle)
  } catch {
    return ''
  }
}

export interface Growth {
  readonly samples: number
  readonly firstBytes: number
  readonly lastBytes: number
  readonly firstHandles: number
  readonly lastHandles: number
}

/** First against last quarter of the samples of the process that lived longest. */
export function growthOf(samples: readonly Sample[]): Growth {
  const byPid = groupBy(samples, ({ pid }) => pid)
  const longest = [...byPid.values()].sort((a, b) => b.length - a.length)[0] ?? []
  const quarter = Math.max(1, Math.floor(longest.length / 4))
  // The engine compiles and fills its caches for a while.
  const settled = longest.slice(Math.min(longest.length - 2, 12))
  const first = settled.slice(0, quarter)
  const last = settled.slice(-quarter)
  return {
    samples: longest.length,
    firstBytes: median(first.map(({ bytes }) => bytes)),
    lastBytes: median(last.map(({ bytes }) => bytes)),
    firstHandles: median(first.map(({ handles }) => handles)),
    lastHandles: median(last.map(({ handles }) => handles)),
  }
}
