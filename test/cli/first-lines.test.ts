import { expect, it } from 'vitest'
import { firstLines } from '../../src/cli/first-lines.ts'

it('shows few lines whole, and of very many the first and a count', () => {
  expect(firstLines([])).toBe('')
  expect(firstLines(['a', 'b'])).toBe('a\nb')
  const many = firstLines(Array.from({ length: 500 }, (_, n) => `line ${n}`)).split('\n')
  expect(many).toHaveLength(21)
  expect(many.at(-1)).toBe('... and 480 more')
})
