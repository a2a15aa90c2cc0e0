import Sqlite from 'better-sqlite3'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRes,
  RateLimiterSQLite,
} from 'rate-limiter-flexible'

const hourSeconds = 3600

/** Counters that survive a restart. Keys are keyed hashes of client addresses, never the addresses. */
export interface Limits {
  /** Accepted submissions of one client; a failed try costs nothing. */
  readonly submissions: Limit
  readonly submissionsOverall: Limit
  /** Every POST to the form, right or wrong: an order of magnitude above the submissions. */
  readonly attempts: Limit
  /** Wrong reference or key. */
  readonly keyMisses: Limit
  /** Failed sign-ins: of one client on one account (web/staff/guesses.ts), of one client on all, and of all on one. */
  readonly signIns: Limit
  readonly signInsOfClient: Limit
  readonly signInsOfAccount: Limit
  /** Wrong codes of the second factor, of all clients on one account. */
  readonly codesOfAccount: Limit
  /** That an account was held up is written down once. */
  readonly refusalsNoted: Limit
  /** What browsers report of the security policy: of one client, and of all. */
  readonly cspReports: Limit
  readonly cspReportsOverall: Limit
  close(): void
}

export interface Limit {
  /** Takes one; null when there was one left, else the seconds until there is one. */
  take(key: string): Promise<number | null>
  /** Gives back what was taken for something that did not come about. */
  giveBack(key: string): Promise<void>
  /** Seconds until there is one left, null when there is; takes nothing. */
  peek(key: string): Promise<number | null>
}

/** `path` is a file of its own, not synced at every count: losing a count in a power cut costs nobody anything. */
export function openLimits(
  path: string,
  perHour: { submissions: number; submissionsOverall: number },
): Limits {
  const client = new Sqlite(path)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = OFF')
  // As in db/open.ts.
  client.pragma('temp_store = MEMORY')
  keepStatements(client)
  const limit = (name: string, points: number, seconds = hourSeconds, insurance?: RateLimiterMemory) =>
    limitOf(
      new RateLimiterSQLite({
        storeClient: client,
        storeType: 'better-sqlite3',
        tableName: `limit_${name}`,
        keyPrefix: '',
        points,
        duration: seconds,
        ...(insurance && { insuranceLimiter: insurance }),
      }),
      points,
      seconds,
    )
  /** Of what somebody may guess: counted in memory while the disk does not take it. */
  const guesses = (name: string, points: number, seconds = hourSeconds) =>
    limit(name, points, seconds, new RateLimiterMemory({ points, duration: seconds }))
  /** One that starts anew with the process stops a flood just as well. */
  const inMemory = (points: number) =>
    limitOf(new RateLimiterMemory({ points, duration: hourSeconds }), points, hourSeconds)
  return {
    submissions: limit('submissions', perHour.submissions),
    submissionsOverall: limit('submissions_overall', perHour.submissionsOverall),
    attempts: inMemory(perHour.submissions * 10),
    keyMisses: guesses('key_misses', 60),
    signIns: guesses('sign_ins', 10, hourSeconds / 4),
    signInsOfClient: guesses('sign_ins_of_client', 60, hourSeconds / 4),
    signInsOfAccount: guesses('sign_ins_of_account', 100),
    codesOfAccount: guesses('codes_of_account', 20),
    refusalsNoted: inMemory(1),
    cspReports: inMemory(60),
    cspReportsOverall: inMemory(1000),
    close: () => client.close(),
  }
}

/** The limiter prepares the same few statements at every count, which takes longer than counting. */
function keepStatements(client: Sqlite.Database): void {
  const prepare = client.prepare.bind(client)
  const kept = new Map<string, Sqlite.Statement>()
  const keeping = (text: string) => {
    const statement = kept.get(text) ?? prepare(text)
    kept.set(text, statement)
    return statement
  }
  Object.assign(client, { prepare: keeping })
}

function limitOf(limiter: RateLimiterAbstract, points: number, seconds: number): Limit {
  /** Counted before the clock was set back: it would last for years. */
  const isStale = ({ msBeforeNext }: RateLimiterRes) => msBeforeNext > 2 * seconds * 1000
  return {
    async take(key) {
      try {
        await limiter.consume(key)
        return null
      } catch (refusal) {
        // A limiter that cannot count (full disk) must not turn claimants away.
        if (!(refusal instanceof RateLimiterRes)) return null
        if (!isStale(refusal)) return secondsUntil(refusal)
        await limiter.delete(key).catch(() => undefined)
        await limiter.consume(key).catch(() => undefined)
        return null
      }
    },
    async giveBack(key) {
      await limiter.reward(key).catch(() => undefined)
    },
    async peek(key) {
      const state = await limiter.get(key).catch(() => null)
      return state && state.consumedPoints >= points && !isStale(state) ? secondsUntil(state) : null
    },
  }
}

const secondsUntil = (state: RateLimiterRes) => Math.max(1, Math.ceil(state.msBeforeNext / 1000))
