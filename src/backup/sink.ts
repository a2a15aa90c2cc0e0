import type { Hashed } from '../lib/hash-file.ts'

/** Where a backup goes. Paths are those of the data directory; `stored` names are of layout.ts. */
export interface BackupSink {
  /** A name nobody has, for the copy of the database, which `keep` then takes. */
  readonly databasePath: string
  /**
   * The bytes of an evidence file that an earlier backup brought. `liveBytes` are those of the same file in the data
   * directory, null where it is lost there.
   */
  known(path: string, sha256: string, liveBytes: number | null): Promise<number | 'missing' | 'damaged'>
  /**
   * Takes the file `from`. With `expected`, the SHA-256 that its content must have: null, and nothing kept, when it
   * has another.
   */
  keep(path: string, from: string, expected?: string): Promise<Hashed | null>
  /** The last file: from then on the backup is whole. When this resolves it is on disk. */
  finish(manifest: string): Promise<void>
}
