import type { TakedownFile } from '../../src/takedowns/store.ts'

/** A form that carries an older version than the row's is stale. */
export const Version = ({ file }: { file: TakedownFile }) => (
  <input type="hidden" name="version" value={file.takedown.version} />
)
