import { checkDatabase } from '../db/check-database.ts'
import type { Db } from '../db/open.ts'
import { counted } from '../lib/counted.ts'
import { type Finding, findingsOf } from './finding.ts'

const say = findingsOf('database')

/** The whole file: its pages, its references, the triggers that keep history from being changed, its version. */
export function examineDatabase(db: Db): Finding[] {
  const { damage, brokenReferences, missingTriggers, schema } = checkDatabase(db)
  const restore = 'stop the server, and restore the newest backup that `backup verify` finds whole'
  const findings = [
    ...damage.map((words) => say.fault(`damaged: ${words}`, restore)),
    ...brokenReferences.map((table) => say.fault(`rows of ${table} name rows that are not there`, restore)),
    ...missingTriggers.map((name) =>
      say.fault(
        `the trigger ${name} is missing: what must not change can be changed`,
        'restore a backup, or put the trigger back as it stands in migrations/',
      ),
    ),
  ]
  if (schema.isNewer) {
    findings.push(say.fault('it was written by a newer version of this program', 'start that version'))
  } else if (schema.applied < schema.known) {
    const behind = schema.known - schema.applied
    findings.push(
      say.advice(
        `${counted(behind, 'migration')} behind this program`,
        'the next start brings it up to date',
      ),
    )
  }
  return findings.length > 0 ? findings : [say.ok('whole, and of the version of this program')]
}
