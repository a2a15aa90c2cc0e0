/*
 * `npm run bench`: the built product beside a bare handler with the same durability, in one run, on this machine.
 * Prints tables; keeps nothing. It needs a real disk: the data lies in test/.bench and is removed at the end.
 *
 *   npm run bench -- --only png-8 --seconds 2     one case, quickly; several parts with commas between them
 *   npm run bench -- --only slow-jpeg-32         a disk on which every sync takes 5 ms longer (needs a C compiler)
 *   npm run bench -- --only desk                 pages and forms at a thousand to a million takedowns
 *   npm run bench -- --only machine              what a submission is made of, each part alone
 *   npm run bench -- --only mail                 mail from raw bytes to takedowns
 *   npm run bench -- --only outbox               a look at letters that wait, few and very many
 *   npm run bench -- --no-rest                    without the minute that it takes to come to rest after load
 *   npm run bench -- --server <dist/src/server.js>  another build
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../../src/lib/project-root.ts'
import { type DeskResult, deskSizes, measureDesk } from './desk.ts'
import { fsyncTimes } from './disk.ts'
import { type LoadProcess, startLoad } from './load-process.ts'
import { measureMachine } from './machine.ts'
import { measureMailIn } from './mail-in.ts'
import { measureOutbox } from './outbox.ts'
import { measurePages } from './pages.ts'
import {
  caseTable,
  deskTable,
  machineLine,
  machineTable,
  mailTable,
  outboxTable,
  pageTable,
  restTable,
} from './report.ts'
import { type Case, type CaseResult, measureCase, nameOf, type Plan } from './uploads.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '9' },
    rounds: { type: 'string', default: '3' },
    'drain-seconds': { type: 'string', default: '3' },
    'no-rest': { type: 'boolean', default: false },
    server: { type: 'string', default: join(projectRoot, 'dist/src/server.js') },
  },
})

const cases: readonly Case[] = [
  ...(['png', 'jpeg'] as const).flatMap((picture) =>
    [1, 8, 32].map((concurrency) => ({ picture, concurrency, isSlowDisk: false })),
  ),
  { picture: 'jpeg', concurrency: 32, isSlowDisk: true },
]
const parts = options.only?.split(',')
const isWanted = (part: string) => parts === undefined || parts.includes(part)

const say = (text: string) => process.stdout.write(`${text}\n`)

async function measureDesks(load: LoadProcess, plan: Plan): Promise<DeskResult[]> {
  const results: DeskResult[] = []
  for (const size of deskSizes) {
    process.stderr.write(`the desk with ${size} takedowns ...\n`)
    results.push(await measureDesk(load, size, plan))
  }
  return results
}

async function main() {
  const place = join(projectRoot, 'test/.bench')
  await mkdir(place, { recursive: true })
  const directory = await mkdtemp(join(place, 'run-'))
  const plan: Plan = {
    directory,
    server: options.server,
    seconds: Number(options.seconds),
    rounds: Number(options.rounds),
    drainSeconds: Number(options['drain-seconds']),
  }
  const [load, readers] = [await startLoad(), await startLoad()]
  try {
    say(machineLine(await fsyncTimes(directory, 200)))
    const results: CaseResult[] = []
    for (const one of cases.filter((one) => isWanted(nameOf(one)))) {
      process.stderr.write(`${nameOf(one)} ...\n`)
      results.push(await measureCase(load, one, plan))
    }
    if (results.length > 0) say(`\n${caseTable(results)}\n\n${restTable(results)}`)
    if (isWanted('desk')) say(`\n${deskTable(await measureDesks(load, plan))}`)
    if (isWanted('machine')) {
      process.stderr.write('the machine ...\n')
      say(`\n${machineTable(await measureMachine(load, plan))}`)
    }
    if (isWanted('mail')) {
      process.stderr.write('mail in ...\n')
      say(`\n${mailTable(await measureMailIn(plan))}`)
    }
    if (isWanted('outbox')) {
      process.stderr.write('the outbox ...\n')
      say(`\n${outboxTable(await measureOutbox(plan))}`)
    }
    if (!isWanted('pages')) return
    process.stderr.write('pages ...\n')
    say(`\n${pageTable(await measurePages(load, readers, plan, { restAfterLoad: !options['no-rest'] }))}`)
  } finally {
    load.stop()
    readers.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

await main()
