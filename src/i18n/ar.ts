import { clocks } from './ar/clocks.ts'
import { common } from './ar/common.ts'
import { errors } from './ar/errors.ts'
import { form } from './ar/form.ts'
import { letters } from './ar/letters.ts'
import { notices } from './ar/notices.ts'
import { staff } from './ar/staff.ts'
import { status } from './ar/status.ts'

export const ar = { ...clocks, ...common, ...errors, ...form, ...letters, ...notices, ...staff, ...status }
