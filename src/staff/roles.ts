import { staff } from '../db/schema.ts'

/** The schema's column holds the one list of them. */
export const roles = staff.role.enumValues
export type Role = (typeof roles)[number]
