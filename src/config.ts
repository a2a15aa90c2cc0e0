import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Locale, locales } from './i18n/locales.ts'
import { parseHolidays, parseWorkWeek } from './takedowns/working-time.ts'

/** Everything that the environment says, checked once. The only reader of process.env. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Public origin without a trailing slash; null until the port is known (see `originOf`). */
  readonly baseUrl: string | null
  readonly dataDir: string
  readonly site: {
    readonly names: Readonly<Record<Locale, string>>
    readonly hosts: readonly string[]
    readonly infoAddress: string
  }
  readonly mailFrom: string
  readonly smtpUrl: string | null
  readonly imapUrl: string | null
  readonly inbox: {
    /** Between looks at the mailbox; new mail is told at once where the server can. */
    readonly pollSeconds: number
    /** Whose Authentication-Results headers count: the name with which the own mail host begins them. */
    readonly authHost: string | null
    readonly plusAddresses: boolean
    /** DKIM signatures are checked here, which asks the DNS about the senders' domains. */
    readonly checksDkim: boolean
    /** Between two canaries through both doors; 0 for none. */
    readonly canaryHours: number
  }
  /** Another program, Litestream, copies the database as it is written, and folds its log in. */
  readonly isDatabaseReplicated: boolean
  readonly defaultLocale: Locale
  readonly calendar: {
    readonly timeZone: string
    readonly workWeek: readonly number[]
    readonly holidays: ReadonlySet<string>
  }
  /** The publisher's own policy, in working days; no law sets it. */
  readonly firstLookWorkingDays: number
  readonly decisionWorkingDays: number
  readonly carryOutWorkingDays: number
  readonly limits: {
    readonly maxUploadBytes: number
    readonly maxFiles: number
    readonly maxUploadsAtOnce: number
    readonly submissionsPerHour: number
    readonly submissionsPerHourOverall: number
    /** Below this much free space the form answers 503 before anything is half written. */
    readonly minFreeBytes: number
    /** Below this much free space staff and operators are warned. */
    readonly warnFreeBytes: number
    /** Kept aside for letters and the desk when the disk is full; 0 for none. */
    readonly reserveBytes: number
  }
  /** `required`: nobody works at the desk without one. */
  readonly staffSecondFactor: 'optional' | 'required'
  readonly trustProxy: string | number | boolean
  readonly logLevel: string
}

/** The environment is wrong; `faults` names every wrong variable. */
export class ConfigRefused extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`wrong configuration:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

type Environment = Readonly<Record<string, string | undefined>>

const hostName = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/i
const emailAddress = z.email('must be one email address')

const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `must be from ${least} to ${most}`)

const urlWith = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )

const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}, 'must be a time zone such as Asia/Jerusalem')

/** Runs a parser that throws on bad text, its message becoming the variable's fault. */
const parsedBy = <Value>(parse: (text: string) => Value) =>
  z.string().transform((text, context): Value => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: error instanceof Error ? error.message : 'is not understood',
      })
      return z.NEVER
    }
  })

const readHolidays = (path: string): ReadonlySet<string> => parseHolidays(readFileSync(path, 'utf8'))

const trustProxy = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}

const shape = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  BASE_URL: urlWith('http:', 'https:')
    .refine(
      (text) => URL.canParse(text) && new URL(text).pathname === '/',
      'must be an origin, without a path',
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .transform((path) => resolve(path)),
  SITE_NAME: z.string().max(100).optional(),
  SITE_NAME_AR: z.string().max(100).optional(),
  SITE_NAME_HE: z.string().max(100).optional(),
  SITE_NAME_EN: z.string().max(100).optional(),
  SITE_HOSTS: z
    .string()
    .default('ashams.com')
    .transform((text) => list(text.toLowerCase()).map((host) => host.replace(/^www\./, '')))
    .refine((hosts) => hosts.length > 0 && hosts.every((host) => hostName.test(host)), {
      message: 'must be host names, comma separated, without scheme or path',
    }),
  INFO_ADDRESS: emailAddress.default('info@ashams.com'),
  MAIL_FROM: emailAddress.optional(),
  SMTP_URL: urlWith('smtp:', 'smtps:').optional(),
  IMAP_URL: urlWith('imap:', 'imaps:').optional(),
  IMAP_POLL_SECONDS: wholeNumber(5, 86_400).default(60),
  MAIL_AUTH_HOST: z
    .string()
    .transform((host) => host.toLowerCase())
    .optional(),
  MAIL_PLUS_ADDRESSES: z
    .enum(['on', 'off'], 'must be on or off')
    .default('off')
    .transform((word) => word === 'on'),
  MAIL_CHECK_DKIM: z
    .enum(['on', 'off'], 'must be on or off')
    .default('off')
    .transform((word) => word === 'on'),
  CANARY_HOURS: wholeNumber(0, 168).default(24),
  DATABASE_REPLICATION: z
    .enum(['on', 'off'], 'must be on or off')
    .default('off')
    .transform((word) => word === 'on'),
  DEFAULT_LOCALE: z.enum(locales, `must be one of ${locales.join(', ')}`).default('ar'),
  TIME_ZONE: timeZone.default('Asia/Jerusalem'),
  WORK_WEEK: parsedBy(parseWorkWeek).default(() => parseWorkWeek('sun-thu')),
  HOLIDAYS_FILE: parsedBy(readHolidays).default(() => new Set<string>()),
  FIRST_LOOK_WORKING_DAYS: wholeNumber(1, 60).default(1),
  DECISION_WORKING_DAYS: wholeNumber(1, 60).default(3),
  CARRY_OUT_WORKING_DAYS: wholeNumber(1, 60).default(1),
  MAX_UPLOAD_MB: wholeNumber(1, 100).default(10),
  MAX_FILES: wholeNumber(1, 20).default(5),
  MAX_UPLOADS_AT_ONCE: wholeNumber(1, 1000).default(64),
  SUBMISSIONS_PER_HOUR: wholeNumber(1, 1_000_000).default(20),
  SUBMISSIONS_PER_HOUR_OVERALL: wholeNumber(1, 10_000_000).default(2000),
  MIN_FREE_MB: wholeNumber(0, 1_000_000).default(200),
  WARN_FREE_MB: wholeNumber(0, 10_000_000).optional(),
  DISK_RESERVE_MB: wholeNumber(0, 10_000).default(64),
  STAFF_SECOND_FACTOR: z.enum(['optional', 'required'], 'must be optional or required').default('optional'),
  TRUST_PROXY: z.string().transform(trustProxy).default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** `X_FILE` gives `X` by a file (secrets); empty values count as unset. HOLIDAYS_FILE is a variable of its own. */
function resolveFiles(environment: Environment, faults: string[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const name of Object.keys(shape.shape)) {
    const direct = environment[name]?.trim()
    if (direct) values[name] = direct
    const path = environment[`${name}_FILE`]
    if (!path) continue
    if (direct) faults.push(`${name}: given twice, as ${name} and as ${name}_FILE`)
    try {
      values[name] = readFileSync(path, 'utf8').trim()
    } catch {
      faults.push(`${name}_FILE: cannot be read`)
    }
  }
  return values
}

const radioNames: Record<Locale, string> = { ar: 'إذاعة الشمس', he: 'רדיו א-שמס', en: 'Radio Al-Shams' }

/** Throws ConfigRefused with every fault; touches nothing but the files that variables name. */
export function readConfig(environment: Environment): Config {
  const faults: string[] = []
  const result = shape.safeParse(resolveFiles(environment, faults))
  // The value itself is not repeated: a URL may hold a password.
  for (const issue of result.error?.issues ?? []) faults.push(`${issue.path.join('.')}: ${issue.message}`)
  if (!result.success || faults.length > 0) throw new ConfigRefused(faults)
  const env = result.data
  const name = (locale: Locale, own: string | undefined) => own ?? env.SITE_NAME ?? radioNames[locale]
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    baseUrl: env.BASE_URL ?? null,
    dataDir: env.DATA_DIR,
    site: {
      names: {
        ar: name('ar', env.SITE_NAME_AR),
        he: name('he', env.SITE_NAME_HE),
        en: name('en', env.SITE_NAME_EN),
      },
      hosts: env.SITE_HOSTS,
      infoAddress: env.INFO_ADDRESS,
    },
    mailFrom: env.MAIL_FROM ?? env.INFO_ADDRESS,
    smtpUrl: env.SMTP_URL ?? null,
    imapUrl: env.IMAP_URL ?? null,
    inbox: {
      pollSeconds: env.IMAP_POLL_SECONDS,
      authHost: env.MAIL_AUTH_HOST ?? null,
      plusAddresses: env.MAIL_PLUS_ADDRESSES,
      checksDkim: env.MAIL_CHECK_DKIM,
      canaryHours: env.CANARY_HOURS,
    },
    isDatabaseReplicated: env.DATABASE_REPLICATION,
    defaultLocale: env.DEFAULT_LOCALE,
    calendar: { timeZone: env.TIME_ZONE, workWeek: env.WORK_WEEK, holidays: env.HOLIDAYS_FILE },
    firstLookWorkingDays: env.FIRST_LOOK_WORKING_DAYS,
    decisionWorkingDays: env.DECISION_WORKING_DAYS,
    carryOutWorkingDays: env.CARRY_OUT_WORKING_DAYS,
    limits: {
      maxUploadBytes: env.MAX_UPLOAD_MB * 1024 * 1024,
      maxFiles: env.MAX_FILES,
      maxUploadsAtOnce: env.MAX_UPLOADS_AT_ONCE,
      submissionsPerHour: env.SUBMISSIONS_PER_HOUR,
      submissionsPerHourOverall: env.SUBMISSIONS_PER_HOUR_OVERALL,
      minFreeBytes: env.MIN_FREE_MB * 1024 * 1024,
      warnFreeBytes: (env.WARN_FREE_MB ?? 3 * env.MIN_FREE_MB) * 1024 * 1024,
      reserveBytes: env.DISK_RESERVE_MB * 1024 * 1024,
    },
    staffSecondFactor: env.STAFF_SECOND_FACTOR,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
  })
}
