import type { ComponentChildren } from 'preact'
import type { Locale } from '../../src/i18n/locales.ts'
import type { WorkingCalendar } from '../../src/takedowns/working-time.ts'
import { Banner } from '../components/banner.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Layout, type Site } from '../layout.tsx'
import { useWords, Words } from '../words.tsx'
import { Keys } from './keys.tsx'

/** What every page of the desk shows around its own part. */
export interface Desk {
  readonly site: Site
  readonly staffName: string
  readonly isAdmin: boolean
  /** Shortcuts of single keys, which everybody can switch off. */
  readonly usesKeys: boolean
  readonly timeZone: string
  readonly calendar: WorkingCalendar
  readonly now: number
  /** When what stands here has to go: so long without another page, and in any case. */
  readonly session: { readonly idleMs: number; readonly leftMs: number }
  /** Letters that failed, and whether the whole channel waits. */
  readonly mail: { readonly failed: number; readonly held: number; readonly isPaused: boolean }
  readonly disk: 'ok' | 'low' | 'short'
  /** Incoming mail that waits for somebody to say where it belongs. */
  readonly waitingMail: number
  /** Path and query of this page, for the language switcher to lead back to. */
  readonly address: string
}

interface DeskLayoutProps {
  desk: Desk
  title: string
  errors?: readonly SummaryError[]
  current?: Place
  /** Besides those of every page of the desk. */
  scripts?: readonly string[]
  children: ComponentChildren
}

export function DeskLayout({ desk, title, errors = [], current, scripts = [], children }: DeskLayoutProps) {
  const back = (locale: Locale) => `/staff/locale?to=${locale}&back=${encodeURIComponent(desk.address)}`
  return (
    <Layout
      title={title}
      errors={errors}
      site={desk.site}
      path={back}
      variant="staff"
      staffName={desk.staffName}
      nav={<DeskNav desk={desk} {...(current && { current })} />}
      banner={
        <>
          <MailBanner mail={desk.mail} />
          <HeldBanner mail={desk.mail} />
          <DoorsBanner site={desk.site} />
          <DiskBanner disk={desk.disk} />
        </>
      }
      session={desk.session}
      scripts={['desk-session.js', ...(desk.usesKeys ? ['desk-keys.js'] : []), ...scripts]}
    >
      {children}
      {desk.usesKeys && <Keys />}
    </Layout>
  )
}

const places = {
  now: '/staff',
  queue: '/staff/takedowns',
  inbox: '/staff/inbox',
  replies: '/staff/replies',
  mail: '/staff/mail',
  reports: '/staff/reports',
  people: '/staff/people',
  settings: '/staff/settings',
} as const
type Place = keyof typeof places

/** Who works at the desk is the admins' business alone. */
const placesFor = (isAdmin: boolean): Place[] =>
  isAdmin
    ? ['now', 'queue', 'inbox', 'replies', 'mail', 'reports', 'people', 'settings']
    : ['now', 'queue', 'inbox', 'replies', 'mail', 'reports', 'settings']

function DeskNav({ desk, current }: { desk: Desk; current?: Place }) {
  const { t } = useWords()
  return (
    <nav class="desk-nav" aria-label={t('staff.nav.label')}>
      {placesFor(desk.isAdmin).map((place) => (
        <a key={place} href={places[place]} {...(place === current && { 'aria-current': 'page' as const })}>
          <Words k={`staff.nav.${place}`} />
          {place === 'inbox' && desk.waitingMail > 0 && <span class="tab-count">{desk.waitingMail}</span>}
        </a>
      ))}
    </nav>
  )
}

/** A way in whose last canary did not arrive. */
function DoorsBanner({ site }: Pick<Desk, 'site'>) {
  const { t, locale } = useWords()
  const faults = site.doors?.faults ?? []
  if (faults.length === 0) return null
  const doors = new Intl.ListFormat(locale).format(faults.map((door) => t(`doors.name.${door}`)))
  return (
    <Banner tone="danger" role="status">
      <p>
        <Words k="doors.fault" doors={doors} />
      </p>
    </Banner>
  )
}

function DiskBanner({ disk }: Pick<Desk, 'disk'>) {
  if (disk === 'ok') return null
  return (
    <Banner tone={disk === 'short' ? 'danger' : 'warn'} role="status">
      <p>
        <Words k={`staff.disk.${disk}`} />
      </p>
    </Banner>
  )
}

function MailBanner({ mail }: Pick<Desk, 'mail'>) {
  if (!mail.isPaused && mail.failed === 0) return null
  return (
    <Banner tone="danger" role="status">
      <p>
        {mail.isPaused ? (
          <Words k="staff.mail.paused" />
        ) : (
          <Words k="staff.mail.banner" count={mail.failed} />
        )}{' '}
        <a href="/staff/mail">
          <Words k="staff.mail.bannerLink" />
        </a>
      </p>
    </Banner>
  )
}

/** Nothing is wrong with them: a restore keeps them until a person has looked. */
function HeldBanner({ mail }: Pick<Desk, 'mail'>) {
  if (mail.held === 0) return null
  return (
    <Banner tone="warn" role="status">
      <p>
        <Words k="staff.mail.heldBanner" count={mail.held} />{' '}
        <a href="/staff/mail">
          <Words k="staff.mail.heldLink" />
        </a>
      </p>
    </Banner>
  )
}
