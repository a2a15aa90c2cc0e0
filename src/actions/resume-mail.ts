import type { Db } from '../db/open.ts'
import { reopenChannel } from '../outbox/channel-pause.ts'

/** Staff mended the credentials: mail goes out again at once. False when it was not paused. */
export const resumeMail = (db: Db): boolean =>
  db.transaction((tx) => reopenChannel(tx), { behavior: 'immediate' })
