/** One upload under way. */
export interface UploadSlot {
  received(bytes: number): void
  /** The body is in; from now on only our own work holds the slot. */
  arrived(): void
  release(): void
}

interface Held {
  readonly since: number
  bytes: number
  isArriving: boolean
  readonly evict: () => void
}

/** An upload gets this long before its speed is looked at. */
const graceMs = 3000
/** Slower than any telephone that works: a whole form's text takes a minute at this. */
const leastBytesPerSecond = 1024

/**
 * At most `limit` uploads at once. When all places are taken a newcomer gets the place of the slowest body that
 * hardly moves, so that many clients that dribble cannot keep an honest one out; else there is no place (null).
 */
export function createUploadSlots(limit: number, now: () => number = () => performance.now()) {
  const held = new Set<Held>()

  const speedOf = (slot: Held) => slot.bytes / Math.max((now() - slot.since) / 1000, 0.001)

  function evictSlowest() {
    const slow = [...held]
      .filter(
        (slot) => slot.isArriving && now() - slot.since >= graceMs && speedOf(slot) < leastBytesPerSecond,
      )
      .sort((a, b) => speedOf(a) - speedOf(b))[0]
    if (!slow) return
    held.delete(slow)
    slow.evict()
  }

  return {
    size: () => held.size,
    take(evict: () => void): UploadSlot | null {
      if (held.size >= limit) evictSlowest()
      if (held.size >= limit) return null
      const slot: Held = { since: now(), bytes: 0, isArriving: true, evict }
      held.add(slot)
      return {
        received(bytes) {
          slot.bytes += bytes
        },
        arrived() {
          slot.isArriving = false
        },
        release: () => void held.delete(slot),
      }
    },
  }
}

export type UploadSlots = ReturnType<typeof createUploadSlots>
