import { expect, it } from 'vitest'
import { endProgress, showProgress } from '../../src/cli/progress-bar.ts'

function screenOf(isTTY: boolean) {
  const written: string[] = []
  return { written, isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }
}

it('fills up on one line of a terminal, and leaves it at the end', () => {
  const screen = screenOf(true)
  for (const done of [0, 0.5, 1]) showProgress(done, 'evidence', screen)
  endProgress(screen)
  const [none, half, all, end] = screen.written
  expect(none).toMatch(/^\r\[\.{30}\] 0 % {2}evidence$/)
  expect(half).toMatch(/^\r\[#{15}\.{15}\] 50 % {2}evidence$/)
  expect(all).toMatch(/^\r\[#{30}\] 100 % {2}evidence$/)
  expect(end).toBe('\n')
})

it('writes nothing into a log or a pipe', () => {
  const screen = screenOf(false)
  showProgress(0.5, '', screen)
  endProgress(screen)
  expect(screen.written).toEqual([])
})
