import { sql } from 'drizzle-orm'
import { outgoingMessages } from '../db/schema.ts'

/**
 * Word for word the condition of the index `outgoing_on_its_way`: SQLite uses an index of some rows only for a query that
 * says so itself, and not by a parameter.
 */
export const isOnItsWay = sql`${outgoingMessages.state} <> 'submitted'`
