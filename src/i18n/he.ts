import { bulk } from './he/bulk.ts'
import { casework } from './he/casework.ts'
import { clocks } from './he/clocks.ts'
import { common } from './he/common.ts'
import { digest } from './he/digest.ts'
import { errors } from './he/errors.ts'
import { form } from './he/form.ts'
import { inbox } from './he/inbox.ts'
import { keys } from './he/keys.ts'
import { letters } from './he/letters.ts'
import { notices } from './he/notices.ts'
import { outgoing } from './he/outgoing.ts'
import { people } from './he/people.ts'
import { queue } from './he/queue.ts'
import { replies } from './he/replies.ts'
import { reports } from './he/reports.ts'
import { royalty } from './he/royalty.ts'
import { secondFactor } from './he/second-factor.ts'
import { staff } from './he/staff.ts'
import { status } from './he/status.ts'
import { terms } from './he/terms.ts'

export const he = {
  ...bulk,
  ...casework,
  ...clocks,
  ...common,
  ...digest,
  ...errors,
  ...form,
  ...inbox,
  ...keys,
  ...letters,
  ...notices,
  ...outgoing,
  ...people,
  ...replies,
  ...queue,
  ...reports,
  ...royalty,
  ...secondFactor,
  ...staff,
  ...status,
  ...terms,
}
