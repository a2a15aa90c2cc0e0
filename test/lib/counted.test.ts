import { expect, it } from 'vitest'
import { counted } from '../../src/lib/counted.ts'

it('one is one, and none and more are several', () => {
  expect([0, 1, 2, 21].map((count) => counted(count, 'letter'))).toEqual([
    '0 letters',
    '1 letter',
    '2 letters',
    '21 letters',
  ])
  expect(counted(1, 'copy is', 'copies are')).toBe('1 copy is')
  expect(counted(3, 'copy is', 'copies are')).toBe('3 copies are')
})
