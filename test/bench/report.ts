import { cpus, loadavg } from 'node:os'
import type { Drain } from './backlog.ts'
import type { DeskResult } from './desk.ts'
import type { Measured } from './load-messages.ts'
import type { MachineLimits } from './machine.ts'
import type { MailInResult } from './mail-in.ts'
import { inMb, inMs, inPercent, median, quantile, sum, table } from './numbers.ts'
import type { OutboxResult } from './outbox.ts'
import type { PagesResult } from './pages.ts'
import { type Case, type CaseResult, type Handler, handlers, type Round } from './uploads.ts'

export function machineLine(fsyncMs: readonly number[]): string {
  const processors = cpus()
  const load = loadavg()[0]?.toFixed(1)
  const fsync = `a synced write of 4 KiB p50 ${median(fsyncMs).toFixed(2)} ms, p99 ${quantile(fsyncMs, 0.99).toFixed(2)} ms`
  return `Node ${process.version}, ${processors.length} x ${processors[0]?.model.trim()}, load before ${load}; ${fsync}`
}

const head = [
  'form with',
  'at once',
  'handler',
  'per second',
  'p50',
  'p99',
  'p99/p50',
  'CPU each',
  'of bare + decode',
  'of bare',
  'memory',
]

/** Per handler: all rounds together; the share of the bare handler is the rounds' median, with least and most. */
export const caseTable = (results: readonly CaseResult[]): string =>
  table(
    head,
    results.flatMap((result) => handlers.map((handler) => caseRow(result, handler))),
  )

function caseRow({ case: one, rounds }: CaseResult, handler: Handler): string[] {
  const mine = rounds[handler]
  const latencies = mine.flatMap((round) => round.latencies)
  const [p50, p99] = [median(latencies), quantile(latencies, 0.99)]
  return [
    formOf(one),
    String(one.concurrency),
    handler,
    median(mine.map((round) => round.perSecond)).toFixed(0) + faultsOf(mine),
    inMs(p50),
    inMs(p99),
    (p99 / p50).toFixed(1),
    inMs(sum(mine.map((round) => round.cpuMs)) / latencies.length),
    shareOf(mine, rounds['bare + decode']),
    shareOf(mine, rounds.bare),
    inMb(Math.max(...mine.map((round) => round.mostResidentBytes))),
  ]
}

const formOf = ({ picture, isSlowDisk }: Case) =>
  (picture === 'png' ? 'PNG 300 kB' : 'JPEG 40 kB') + (isSlowDisk ? ', every sync 5 ms longer' : '')

function shareOf(mine: readonly Round[], theirs: readonly Round[]): string {
  if (mine === theirs) return ''
  const shares = mine.map((round, index) => round.perSecond / (theirs[index]?.perSecond ?? Number.NaN))
  return `${inPercent(median(shares))} (${inPercent(Math.min(...shares))} to ${inPercent(Math.max(...shares))})`
}

function faultsOf(measured: readonly Measured[]): string {
  const faults = measured.flatMap((one) => one.faults)
  return faults.length === 0
    ? ''
    : ` (${faults.length} FAULTS: ${[...new Set(faults)].slice(0, 3).join(', ')})`
}

/** What the product had still to do when the clients stopped, and how fast that goes with nothing else to do. */
export const restTable = (results: readonly CaseResult[]): string =>
  table(
    ['form with', 'at once', 'copies left', 'letters left', 'seen going', 'all gone after'],
    results.map(({ case: one, drain }) => [
      formOf(one),
      String(one.concurrency),
      String(drain.left.copies),
      String(drain.left.letters),
      `${drain.left.copies - drain.after.copies} copies and ${drain.left.letters - drain.after.letters} letters in ${drain.seconds.toFixed(1)} s`,
      untilGone(drain),
    ]),
  )

function untilGone({ left, after, seconds }: Drain): string {
  if (after.copies + after.letters === 0) return `${seconds.toFixed(1)} s`
  const times = (['copies', 'letters'] as const).map(
    (what) => (left[what] * seconds) / Math.max(1, left[what] - after[what]),
  )
  return `about ${Math.max(...times).toFixed(0)} s, at that speed`
}

export function pageTable(pages: PagesResult): string {
  const { form, status, statusUnderLoad, uploadsMeanwhile } = pages
  const row = (name: string, { latencies }: Measured) => [
    name,
    `p50 ${inMs(median(latencies))}, p99 ${inMs(quantile(latencies, 0.99))} (${latencies.length} answers)`,
  ]
  const rest = pages.restAfterLoadBytes
  return table(
    ['what', 'measured'],
    [
      row(`form, whole answer at rest${faultsOf([form])}`, form),
      row(`status page, whole answer at rest${faultsOf([status])}`, status),
      row(`status page while 8 uploads run${faultsOf([statusUnderLoad])}`, statusUnderLoad),
      row(`those uploads (${uploadsMeanwhile.perSecond.toFixed(0)} per second)`, uploadsMeanwhile),
      ['memory of all processes, started', inMb(pages.restBytes)],
      ['memory of all processes, at rest again after load', rest === null ? 'not measured' : inMb(rest)],
    ],
  )
}

/** One row for each page, one column for each size of the database; the last is the largest against the smallest. */
export function deskTable(results: readonly DeskResult[]): string {
  const [smallest, largest] = [results[0], results.at(-1)]
  const names = smallest?.pages.map(({ what }) => what) ?? []
  const p50Of = (result: DeskResult | undefined, nth: number) =>
    median(result?.pages[nth]?.measured.latencies ?? [])
  return table(
    [
      'page',
      ...results.map(({ takedowns }) => `${takedowns.toLocaleString('en')} p50 (p99)`),
      'growth of p50',
    ],
    names.map((name, nth) => [
      name,
      ...results.map((result) => {
        const measured = result.pages[nth]?.measured
        if (!measured) return ''
        const { latencies } = measured
        return `${inMs(median(latencies))} (${inMs(quantile(latencies, 0.99))})${faultsOf([measured])}`
      }),
      (p50Of(largest, nth) / p50Of(smallest, nth)).toFixed(2),
    ]),
  )
}

/** Ceilings: no handler on this machine takes more forms than any of these. */
export const machineTable = ({ syncs, commits, parsed, decodedHere, checked }: MachineLimits): string =>
  table(
    ['alone', 'per second', 'PNG 300 kB', 'JPEG 40 kB'],
    [
      ['4 KiB written and synced', syncs.toFixed(0), '', ''],
      ['row inserted, commit synced (SQLite)', commits.toFixed(0), '', ''],
      ['form read into memory and answered (express, multer), 8 at once', '', ...perPicture(parsed)],
      ['every pixel decoded, in the same process (sharp)', '', ...perPicture(decodedHere)],
      ["the product's image check, in its own process, 2 at once", '', ...perPicture(checked)],
    ],
  )

const perPicture = ({ png, jpeg }: MachineLimits['parsed']) => [png.toFixed(0), jpeg.toFixed(0)]

/** Keeping and reading happen one after the other here; in the product one mail is kept while another is read. */
export const mailTable = (result: MailInResult): string =>
  table(
    ['mail in, 300 kB screenshot', 'ms a mail', 'mails a second'],
    [
      ['kept: bytes on disk, row', result.keepMs],
      ['read: understood, image checked, takedown committed', result.readMs],
      ['both, from raw bytes to takedown', result.keepMs + result.readMs],
      ['bare: written, synced, parsed by the library', result.bareMs],
    ].map(([what, ms]) => [String(what), Number(ms).toFixed(1), (1000 / Number(ms)).toFixed(0)]),
  ) +
  `\n\nmemory: ${inMb(result.restBytes)} before, at most ${inMb(result.largeBytes)} while a mail of 25 MB is read (all processes)`

/** What a look at the outbox costs the one thread, beside the least that taking letters can cost. */
export const outboxTable = (results: readonly OutboxResult[]): string =>
  table(
    ['letters that wait', 'four taken, next one known', 'readiness and metrics', 'bare UPDATE of four rows'],
    results.map(({ waiting, lookMs, standingMs, bareMs }) => [
      waiting.toLocaleString('en'),
      ...[lookMs, standingMs, bareMs].map((ms) => `${ms.toFixed(2)} ms`),
    ]),
  )
