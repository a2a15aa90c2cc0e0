import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../config.ts'
import type { Db } from '../db/open.ts'
import { openReadOnly } from '../db/open-read-only.ts'
import { takedowns } from '../db/schema.ts'
import { examineConfig } from '../doctor/examine-config.ts'
import { examineDatabase } from '../doctor/examine-database.ts'
import { examineDns, systemDns } from '../doctor/examine-dns.ts'
import { examineEvidence } from '../doctor/examine-evidence.ts'
import {
  examineClock,
  examineDisk,
  examineLog,
  examineModes,
  examineNode,
} from '../doctor/examine-machine.ts'
import { examineInbox, examineOutbox } from '../doctor/examine-mail.ts'
import { examineSecondFactors } from '../doctor/examine-second-factors.ts'
import { examineImap, examineSmtp } from '../doctor/examine-servers.ts'
import { type Finding, findingsOf, type Level } from '../doctor/finding.ts'
import { systemClock } from '../lib/clock.ts'
import type { Command } from './command.ts'
import { Exit } from './exit.ts'
import { endProgress, showProgress } from './progress-bar.ts'
import { WrongUsage } from './wrong-usage.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor [--offline] [--json]',
  does: 'says what is wrong, how bad, and what to do, beside a running server or without one; changes nothing. --offline: asks no mail server and no DNS',
  async run(words) {
    const { offline, json } = readWords(words)
    const config = readConfig(process.env)
    const now = systemClock.now()
    const findings = [
      ...examineNode(process.versions.node),
      ...examineConfig(config),
      ...(await examineData(config, now)),
      ...(offline ? [] : await examineNetwork(config, now)),
    ]
    const faults = findings.filter(({ level }) => level === 'fault').length
    process.stdout.write(
      json ? `${JSON.stringify({ healthy: faults === 0, findings })}\n` : inWords(findings),
    )
    if (faults > 0) throw new Exit(1, `${faults} to mend now`)
  },
}

/** What cannot be looked at is itself a finding, and the rest is looked at all the same. */
async function examineData(config: Config, now: number): Promise<Finding[]> {
  const { dataDir, limits, calendar } = config
  const path = join(dataDir, 'takedowns.sqlite')
  const say = findingsOf('database')
  if (!existsSync(path)) {
    return [say.fault(`${path} is not there`, 'see DATA_DIR; a first start makes it, or restore a backup')]
  }
  const disk = [...(await guarded('disk', () => examineDisk(dataDir, limits.minFreeBytes)))]
  const opened = open(path)
  if (!opened)
    return [say.fault('it cannot be opened', 'see the rights of the file, or restore a backup'), ...disk]
  try {
    return [
      ...(await guarded('database', () => examineDatabase(opened))),
      ...(await guarded('evidence', () =>
        examineEvidence(join(dataDir, 'evidence'), opened, now, (done) => showProgress(done, 'evidence')),
      )),
      ...(await guarded('outbox', () => examineOutbox(opened, now))),
      ...(await guarded('inbox', () => examineInbox(opened, now))),
      ...(await guarded('clock', () => examineClock(opened, now, calendar.timeZone))),
      ...disk,
      ...(await guarded('disk', () => examineLog(dataDir, config.isDatabaseReplicated))),
      ...(await guarded('files', () => examineModes(dataDir, hasTakedowns(opened)))),
      ...(await guarded('second factors', () => examineSecondFactors(opened, dataDir))),
    ]
  } finally {
    endProgress()
    opened.$client.close()
  }
}

const hasTakedowns = (db: Db) => db.select({ id: takedowns.id }).from(takedowns).limit(1).get() !== undefined

function open(path: string): Db | null {
  try {
    return openReadOnly(path)
  } catch {
    return null
  }
}

/** The words of what stopped a check are SQLite's or the file system's: they hold no row. */
async function guarded(check: string, examine: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await examine()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? `${error.code}` : 'unexpected'
    return [findingsOf(check).fault(`it could not be looked at (${code})`, 'mend the faults above first')]
  }
}

async function examineNetwork(config: Config, now: number): Promise<Finding[]> {
  const { smtpUrl, imapUrl, mailFrom } = config
  const [smtp, imap, dns] = await Promise.all([
    smtpUrl === null ? [] : examineSmtp(smtpUrl, now),
    imapUrl === null ? [] : examineImap(imapUrl, now),
    // Without a mail server no letter leaves, and the domain is nobody's concern yet.
    smtpUrl === null ? [] : examineDns(mailFrom.split('@')[1] ?? '', systemDns()),
  ])
  return [...smtp, ...imap, ...dns]
}

const marks: Record<Level, string> = {
  ok: 'ok     ',
  advice: 'advice ',
  warning: 'WARNING',
  fault: 'FAULT  ',
}

/** Grouped as they were looked at. */
function inWords(findings: readonly Finding[]): string {
  let group = ''
  let text = ''
  for (const { check, level, what, do: act } of findings) {
    if (check !== group) text += `${check}\n`
    group = check
    text += `  ${marks[level]} ${what}\n${act === '' ? '' : `            ${act}\n`}`
  }
  return text
}

function readWords(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { offline: { type: 'boolean' }, json: { type: 'boolean' } },
    })
    return { offline: values.offline === true, json: values.json === true }
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'the words are not understood')
  }
}
