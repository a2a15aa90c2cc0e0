import { readdirSync, readFileSync } from 'node:fs'

export interface Usage {
  /** Resident memory of all processes, bytes; what they share counts once (proc(5): proportional set size). */
  readonly residentBytes: number
  /** Processor time used so far, milliseconds. */
  readonly cpuMs: number
}

/** Linux: clock ticks of /proc are 100 a second on every common machine. */
const msPerTick = 10

/** The process and everything it started. */
export function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? statOf(Number(name)) : null
    if (fields) children.set(fields.parent, [...(children.get(fields.parent) ?? []), Number(name)])
  }
  const tree = [pid]
  for (const member of tree) tree.push(...(children.get(member) ?? []))
  return tree
}

export function usageOf(pid: number): Usage {
  const members = treeOf(pid)
  return {
    residentBytes: members.reduce((sum, member) => sum + residentBytesOf(member), 0),
    cpuMs: members.reduce((sum, member) => sum + (statOf(member)?.cpuMs ?? 0), 0),
  }
}

/** proc(5): the name in brackets may hold blanks; after it the 2nd field is the parent, the 12th to 15th times. */
function statOf(pid: number): { parent: number; cpuMs: number } | null {
  const fields = textOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ').map(Number)
  if (!fields || fields.length < 15) return null
  const ticks = (fields[11] ?? 0) + (fields[12] ?? 0)
  return { parent: fields[1] ?? 0, cpuMs: ticks * msPerTick }
}

const residentBytesOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024

/** Empty when the process is gone. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
