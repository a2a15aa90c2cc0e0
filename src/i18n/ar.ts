import { bulk } from './ar/bulk.ts'
import { casework } from './ar/casework.ts'
import { clocks } from './ar/clocks.ts'
import { common } from './ar/common.ts'
import { digest } from './ar/digest.ts'
import { errors } from './ar/errors.ts'
import { form } from './ar/form.ts'
import { inbox } from './ar/inbox.ts'
import { keys } from './ar/keys.ts'
import { letters } from './ar/letters.ts'
import { notices } from './ar/notices.ts'
import { outgoing } from './ar/outgoing.ts'
import { people } from './ar/people.ts'
import { queue } from './ar/queue.ts'
import { replies } from './ar/replies.ts'
import { reports } from './ar/reports.ts'
import { royalty } from './ar/royalty.ts'
import { secondFactor } from './ar/second-factor.ts'
import { staff } from './ar/staff.ts'
import { status } from './ar/status.ts'
import { terms } from './ar/terms.ts'

export const ar = {
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
