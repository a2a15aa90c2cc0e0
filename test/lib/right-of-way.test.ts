import { expect, test } from 'vitest'
import { createRightOfWay } from '../../src/lib/right-of-way.ts'

test('who yields waits while somebody is there, and goes on when the last one left', async () => {
  const rightOfWay = createRightOfWay({ mostWaitMs: 60_000 })
  const leave = [rightOfWay.take(), rightOfWay.take()]
  let hasGone = false
  const yielded = rightOfWay.yield().then(() => {
    hasGone = true
  })
  leave[0]?.()
  leave[0]?.()
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(hasGone).toBe(false)
  leave[1]?.()
  await yielded
})

test('work that stands back is never held up for good', async () => {
  const rightOfWay = createRightOfWay({ mostWaitMs: 50 })
  rightOfWay.take()
  await rightOfWay.yield()
})
