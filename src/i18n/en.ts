import { bulk } from './en/bulk.ts'
import { casework } from './en/casework.ts'
import { clocks } from './en/clocks.ts'
import { common } from './en/common.ts'
import { digest } from './en/digest.ts'
import { errors } from './en/errors.ts'
import { form } from './en/form.ts'
import { inbox } from './en/inbox.ts'
import { keys } from './en/keys.ts'
import { letters } from './en/letters.ts'
import { notices } from './en/notices.ts'
import { outgoing } from './en/outgoing.ts'
import { people } from './en/people.ts'
import { queue } from './en/queue.ts'
import { replies } from './en/replies.ts'
import { reports } from './en/reports.ts'
import { royalty } from './en/royalty.ts'
import { secondFactor } from './en/second-factor.ts'
import { staff } from './en/staff.ts'
import { status } from './en/status.ts'
import { terms } from './en/terms.ts'

export const en = {
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
