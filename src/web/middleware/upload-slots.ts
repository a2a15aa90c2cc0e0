/** One upload under way. */
export interface UploadSlot {
  received(bytes: number): void
  /** The body is in; from now on only our own work holds the slot. */
  arrived(): void
  release(): void
}

interface Held {
  readonly client: string
  readonly since: number
  bytes: number
  isArriving: boolean
  readonly evict: () => void
}

/** An upload gets this long before its speed is looked at; where its client has several, they get it together. */
const graceMs = 3000
const leastGraceMs = 500
/** Slower than any telephone that works: a whole form's text takes a minute at this. */
const leastBytesPerSecond = 1024

/**
 * At most `limit` uploads at once. When all places are taken a newcomer gets the place of the slowest body that
 * hardly moves, so that many clients that dribble cannot keep an honest one out. Where all move, a client that holds
 * more than a quarter of the places gives up its slowest, and one that holds several gives one to a client that has
 * none. A client with a quarter or more takes places only from itself. Else there is no place (null).
 */
export function createUploadSlots(limit: number, now: () => number = () => performance.now()) {
  const held = new Set<Held>()
  const share = Math.max(1, Math.ceil(limit / 4))

  const placesOf = (client: string) => [...held].filter((slot) => slot.client === client)
  const speedOf = (slot: Held) => slot.bytes / Math.max((now() - slot.since) / 1000, 0.001)
  const slowestOf = (slots: readonly Held[]) =>
    slots.filter((slot) => slot.isArriving).sort((a, b) => speedOf(a) - speedOf(b))[0]

  function hardlyMoves(slot: Held): boolean {
    const grace = Math.max(leastGraceMs, graceMs / placesOf(slot.client).length)
    return now() - slot.since >= grace && speedOf(slot) < leastBytesPerSecond
  }

  function whoGivesWayTo(client: string): Held | undefined {
    const own = placesOf(client)
    if (own.length >= share) return slowestOf(own.filter(hardlyMoves))
    return slowestOf([...held].filter(hardlyMoves)) ?? slowestOf(placesToShareWith(own.length))
  }

  function placesToShareWith(own: number): readonly Held[] {
    const most = [...held].map(({ client }) => placesOf(client)).sort((a, b) => b.length - a.length)[0]
    if (!most) return []
    return most.length > share || (own === 0 && most.length > 1) ? most : []
  }

  function makeRoomFor(client: string) {
    const slot = whoGivesWayTo(client)
    if (!slot) return
    held.delete(slot)
    slot.evict()
  }

  return {
    size: () => held.size,
    /** `client`: whom the places are shared between, any name of theirs. */
    take(client: string, evict: () => void): UploadSlot | null {
      if (held.size >= limit) makeRoomFor(client)
      if (held.size >= limit) return null
      const slot: Held = { client, since: now(), bytes: 0, isArriving: true, evict }
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
