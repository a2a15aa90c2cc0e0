/*
 * What a picture looks like in 64 bits (difference hash): for each of eight rows of nine grey values, whether each is
 * brighter than the one to its right. Scaling, re-encoding and small marks turn few bits.
 */

export const likenessWidth = 9
export const likenessHeight = 8

/** `grey`: nine by eight values, row by row. Sixteen hex digits; null where the picture is nearly of one grey. */
export function likenessOf(grey: Uint8Array): string | null {
  let bits = 0n
  let unlike = 0
  for (let row = 0; row < likenessHeight; row++) {
    for (let column = 0; column < likenessWidth - 1; column++) {
      const at = row * likenessWidth + column
      const [here = 0, right = 0] = [grey[at], grey[at + 1]]
      bits = (bits << 1n) | (here > right ? 1n : 0n)
      if (Math.abs(here - right) >= leastStep) unlike++
    }
  }
  return unlike < leastUnlike ? null : bits.toString(16).padStart(16, '0')
}

/** An empty page is like every other empty page: fewer visible steps than this tell nothing. */
const leastUnlike = 6
const leastStep = 4

/** In how many of 64 bits two likenesses differ. */
export function differingBits(one: string, other: string): number {
  let rest = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let count = 0
  for (; rest > 0n; rest &= rest - 1n) count++
  return count
}

/** Up to this many differing bits, two pictures are taken for one. */
export const mostDifferingBits = 6

/** Quarters of a likeness: two that differ in at most three bits have at least one quarter in common. */
export const likenessBands = [1, 5, 9, 13] as const
export const bandLength = 4
