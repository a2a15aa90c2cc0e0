import type { Request } from 'express'
import { Failure } from '../../lib/failures.ts'
import { readBody } from '../read-body.ts'
import { mostPlainFormBytes } from './upload-limits.ts'

/** A decision has four fields for each page, and a takedown up to 16 pages. */
const mostFields = 100

/** Reads an application/x-www-form-urlencoded body. Null when the client went away. */
export async function readPlainForm(req: Request): Promise<Record<string, string[]> | null> {
  const body = await readBody(req, mostPlainFormBytes)
  return body && parsePlainForm(body.toString('utf8'))
}

function parsePlainForm(text: string): Record<string, string[]> {
  const pairs = [...new URLSearchParams(text)]
  if (pairs.length > mostFields) throw new Failure(413, 'error.bodyTooLarge')
  return groupByName(pairs)
}

/** Values by name, in order. Names are the client's: the object has no prototype to reach. */
export function groupByName(pairs: Iterable<readonly [string, string]>): Record<string, string[]> {
  const fields: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) {
    const values = fields[name] ?? []
    values.push(value)
    fields[name] = values
  }
  return fields
}
