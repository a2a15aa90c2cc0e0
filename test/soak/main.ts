/*
 * `npm run soak -- --minutes 30`: everybody at once, and everything that goes wrong. Claimants submit, follow and write, staff
 * work, mail comes in; meanwhile the server is killed, the mail host refuses, hangs and cuts, the disk fills up and is freed
 * again. In the last third nothing is killed, so that growth of memory and open handles would show. At the end what was promised
 * is held against what is there; exit 1 where anything is broken. Linux and root (a small memory disk is mounted).
 */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { projectRoot } from '../../src/lib/project-root.ts'
import { inMb, table } from '../bench/numbers.ts'
import { startImapServer } from '../support/imap-server.ts'
import { mailOf } from '../support/mail.ts'
import { groupBy } from './group-by.ts'
import { addAccount, type KeptServer, keepServer } from './kept-server.ts'
import { type MailHost, moods, startMailHost } from './mail-host.ts'
import { followOnAndOn, newCrowd, submitOnAndOn, workOnAndOn } from './people.ts'
import { brokenPromises, makeAllDue, underWay } from './verify.ts'
import { mountVolume, type Volume } from './volume.ts'
import { growthOf, type Sample, sampleOf } from './watch.ts'

const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, megabytes: { type: 'string', default: '3000' } },
})
const minute = 60_000
const totalMs = Number(options.minutes) * minute
const staff = { email: 'staff@example.org', password: 'an example of a long password' }
const floorMb = 20

const began = Date.now()
const elapsed = () => Date.now() - began
const goesOn = () => elapsed() < totalMs
const isCalm = () => elapsed() > (totalMs * 2) / 3
const say = (text: string) =>
  process.stdout.write(`${new Date(elapsed()).toISOString().slice(11, 19)} ${text}\n`)
const tally = { kills: 0, stops: 0, fullDisks: 0, moods: 0, badStops: [] as string[] }

/** Ends early when the soak does. */
async function pause(ms: number) {
  for (const until = Date.now() + ms; Date.now() < until && goesOn(); ) await sleep(200)
}

async function killOnAndOn(server: KeptServer) {
  while (goesOn()) {
    await pause(randomInt(8_000, 45_000))
    if (!goesOn() || isCalm()) return
    if (randomInt(5) === 0) {
      const { code, seconds } = await server.stop()
      tally.stops++
      if (code !== 0 || seconds > 30)
        tally.badStops.push(`SIGTERM ended with ${code} after ${seconds.toFixed(1)} s`)
    } else {
      await server.kill()
      tally.kills++
    }
    await server.start()
  }
}

async function changeMoods(host: MailHost) {
  while (goesOn()) {
    // Mostly it works, as a mail host does.
    host.mood = randomInt(2) === 0 ? 'takes' : (moods[randomInt(moods.length)] ?? 'takes')
    tally.moods++
    await pause(randomInt(5_000, 20_000))
  }
  host.mood = 'takes'
}

async function fillDisk(volume: Volume) {
  while (goesOn()) {
    await pause(Math.min(4 * minute, totalMs / 5))
    if (!goesOn()) return
    await volume.fill((floorMb / 2) * 1024 * 1024)
    await pause(15_000)
    await volume.fill(0)
    tally.fullDisks++
    say('the disk is full')
    await pause(randomInt(20_000, 60_000))
    await volume.free()
    say('the disk is free again')
  }
}

async function bringMail(append: (raw: Buffer) => void, mails: string[]) {
  for (let nth = 0; goesOn(); nth++) {
    const id = `<soak-${nth}@example.org>`
    const page = nth % 2 === 0 ? `https://ashams.com/articles/${nth}` : 'no page'
    append(
      await mailOf({ from: `person${nth}@example.org`, messageId: id, text: `About ${page}, number ${nth}` }),
    )
    mails.push(id)
    await pause(3000)
  }
}

async function watch(server: KeptServer, samples: Sample[]) {
  while (goesOn()) {
    await pause(2000)
    const pid = server.pid()
    const sample = pid === null ? null : sampleOf(pid)
    if (sample) samples.push(sample)
  }
}

/** Everything that waits goes out now; nothing may be left. */
async function settle(server: KeptServer, dataDir: string) {
  await server.stop()
  makeAllDue(dataDir)
  await server.start()
  for (let waited = 0; underWay(dataDir) > 0 && waited < 10 * minute; waited += 1000) await sleep(1000)
  // Letters of which a copy is awaited come last.
  await sleep(3000)
  const { code } = await server.stop()
  if (code !== 0) tally.badStops.push(`the last SIGTERM ended with ${code}`)
}

async function main(): Promise<number> {
  const volume = await mountVolume(Number(options.megabytes))
  const dataDir = join(volume.directory, 'data')
  const [host, mailbox] = [await startMailHost(), await startImapServer()]
  const server = await keepServer({
    DATA_DIR: dataDir,
    SMTP_URL: host.url,
    IMAP_URL: mailbox.url,
    MIN_FREE_MB: String(floorMb),
    LOG_LEVEL: 'fatal',
    SUBMISSIONS_PER_HOUR_OVERALL: '1000000',
  })
  const crowd = newCrowd()
  const mails: string[] = []
  const samples: Sample[] = []
  await server.start()
  addAccount(dataDir, join(projectRoot, 'dist/src/cli/main.js'), staff.email, staff.password)
  await Promise.all([
    ...Array.from({ length: 4 }, () => submitOnAndOn(crowd, server.origin, goesOn)),
    ...Array.from({ length: 2 }, () => followOnAndOn(crowd, server.origin, goesOn)),
    workOnAndOn(crowd, server.origin, staff, goesOn),
    bringMail((raw) => mailbox.append(raw), mails),
    killOnAndOn(server),
    changeMoods(host),
    fillDisk(volume),
    watch(server, samples),
  ])
  await volume.free()
  say('everybody has gone; what is under way settles')
  await settle(server, dataDir)
  const broken = brokenPromises({ dataDir, accepted: crowd.accepted, mails, taken: host.taken })
  await Promise.all([host.close(), mailbox.close()])
  await volume.remove()
  return report({ crowd, server, mails, samples, taken: host.taken, broken })
}

/** Each once, with how often it was said. */
const counted = (words: readonly string[]) =>
  [...groupBy(words, (word) => word)].map(([word, times]) => `${times.length} x ${word}`)

interface Outcome {
  readonly crowd: ReturnType<typeof newCrowd>
  readonly server: KeptServer
  readonly mails: readonly string[]
  readonly samples: readonly Sample[]
  readonly taken: ReadonlyMap<string, number>
  readonly broken: readonly string[]
}

function report({ crowd, server, mails, samples, taken, broken }: Outcome): number {
  const growth = growthOf(samples)
  const twice = [...taken.values()].filter((times) => times > 1).length
  const isFlat =
    growth.lastBytes <= growth.firstBytes * 1.15 + 10e6 && growth.lastHandles <= growth.firstHandles + 8
  const answers = [...crowd.answers].sort().map(([what, times]) => `${what}: ${times}`)
  const rows = [
    ['forms accepted', String(crowd.accepted.length)],
    ['mails brought', String(mails.length)],
    ['killed, stopped', `${tally.kills}, ${tally.stops}`],
    ['disk full', String(tally.fullDisks)],
    ['moods of the mail host', String(tally.moods)],
    ['starts refused', String(server.refusedStarts.length)],
    ['letters taken, of them more than once', `${taken.size}, ${twice}`],
    [
      'memory of all processes, first and last quarter',
      `${inMb(growth.firstBytes)}, ${inMb(growth.lastBytes)}`,
    ],
    ['open handles, first and last quarter', `${growth.firstHandles}, ${growth.lastHandles}`],
    ['samples of that process', String(growth.samples)],
  ]
  process.stdout.write(`\n${table(['what', 'seen'], rows)}\n\n${answers.join('\n')}\n`)
  const faults = [
    ...counted([
      ...broken,
      ...crowd.faults,
      ...tally.badStops,
      ...server.noise,
      ...(isFlat ? [] : ['memory or open handles grew']),
    ]),
  ]
  const named = faults.slice(0, 40).map((fault) => `  ${fault}\n`)
  process.stdout.write(
    faults.length === 0 ? '\nevery promise was kept\n' : `\nBROKEN (${faults.length}):\n${named.join('')}`,
  )
  if (server.refusedStarts[0]) process.stdout.write(`a refused start said: ${server.refusedStarts[0]}\n`)
  return faults.length === 0 ? 0 : 1
}

process.exit(await main())
