import { expect, onTestFinished, test, vi } from 'vitest'
import { createTurns } from '../../src/lib/turns.ts'

/** Work that ends when told, and what has begun so far. */
function pieces() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    piece: (name: string) => () => {
      begun.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    },
    end: (name: string) => ends.get(name)?.(),
  }
}

test('so many at a time, the others in the order in which they came', async () => {
  const turns = createTurns({ atOnce: 2, mostWaiting: 10 })
  const { begun, piece, end } = pieces()
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.take(piece(name)))
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b']))
  end('b')
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']))
  for (const name of ['a', 'c']) end(name)
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c', 'd']))
  end('d')
  await Promise.all(all)
  expect(turns.taken()).toBe(0)
})

test('who finds too many waiting is told to come later', async () => {
  const turns = createTurns({ atOnce: 1, mostWaiting: 0 })
  const { piece, end } = pieces()
  const first = turns.take(piece('first'))
  await expect(turns.take(piece('second'))).rejects.toMatchObject({ status: 503 })
  end('first')
  await first
})

test('slow work gives its place up, and only once', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const turns = createTurns({ atOnce: 1, mostWaiting: 10, slowAfterMs: 500 })
  const { begun, piece, end } = pieces()
  const all = ['slow', 'next', 'last'].map((name) => turns.take(piece(name)))
  await vi.advanceTimersByTimeAsync(499)
  expect(begun).toEqual(['slow'])
  await vi.advanceTimersByTimeAsync(1)
  expect(begun).toEqual(['slow', 'next'])
  end('slow')
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toEqual(['slow', 'next'])
  end('next')
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toEqual(['slow', 'next', 'last'])
  end('last')
  await Promise.all(all)
  expect(turns.taken()).toBe(0)
})
