import { createHash } from 'node:crypto'
import { z } from 'zod'

/** The only names that a backup may hold; nothing of it can be written anywhere else. Relative to the data directory. */
const dataPath =
  /^(takedowns\.sqlite|keys\/[A-Za-z0-9][\w.-]*|evidence\/(originals|copies)\/([0-9a-f]{2})\/\3[0-9a-f]{62})$/

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().regex(dataPath)

const shape = z.object({
  format: z.literal(1),
  program: z.string(),
  /** How many migrations the database has seen. */
  schema: z.number().int(),
  /** ISO 8601, UTC: the state of the database is of this moment or a little later. */
  createdAt: z.iso.datetime(),
  files: z.array(z.object({ path, sha256, bytes: z.number().int().nonnegative() })),
  /** Files that a row names, and keys that it needs, that were lost in the data directory already. */
  absent: z.array(z.object({ path, fault: z.enum(['missing', 'damaged']) })),
})

/** What one backup holds, with the SHA-256 of each file; written last, so that a backup without it was cut off. */
export type Manifest = Readonly<z.infer<typeof shape>>
export type ManifestFile = Readonly<Manifest['files'][number]>

/** The backup cannot be used as it stands; the message says what is wrong with it. */
export class BackupDamaged extends Error {}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** JSON whose last member is the SHA-256 of all bytes before it. */
export function sealManifest(manifest: Manifest): string {
  const open = JSON.stringify(manifest).slice(0, -1)
  return `${open},"sha256":"${hashOf(open)}"}\n`
}

/** Throws BackupDamaged when a byte of it is not as it was written, or when a newer program wrote it. */
export function readManifest(text: string): Manifest {
  const [, open = '', hash] = /^(.*),"sha256":"([0-9a-f]{64})"\}\n$/s.exec(text) ?? []
  if (hash === undefined || hashOf(open) !== hash) throw new BackupDamaged('manifest.json is damaged')
  const read = shape.safeParse(JSON.parse(`${open}}`))
  if (!read.success) throw new BackupDamaged('manifest.json is of a version that this program does not know')
  return read.data
}
