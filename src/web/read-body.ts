import type { Request } from 'express'
import { Failure } from '../lib/failures.ts'

/** The body of a request, at most so many bytes; over it a Failure of 413. Null when the client went away. */
export async function readBody(req: Request, mostBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    // Not `for await` over req: leaving that loop destroys the socket before the answer.
    const iterator: AsyncIterable<Buffer> = req.iterator({ destroyOnReturn: false })
    for await (const chunk of iterator) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new Failure(413, 'error.bodyTooLarge')
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    return null
  }
  return Buffer.concat(chunks)
}
