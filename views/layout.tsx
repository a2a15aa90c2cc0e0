import type { ComponentChildren } from 'preact'
import type { Locale } from '../src/i18n/locales.ts'
import { assetUrl } from './asset-urls.ts'
import { ErrorSummary, type SummaryError } from './components/error-summary.tsx'
import { LanguageSwitcher } from './components/language-switcher.tsx'
import { MailAddress } from './components/mail-address.tsx'
import { Moment } from './components/moment.tsx'
import { Person } from './components/person.tsx'
import { useWords, Words } from './words.tsx'

export interface Site {
  /** The publisher's name in the language of the page. */
  readonly name: string
  readonly infoAddress: string
  /** When both ways in were last seen working, and the ones that failed since. */
  readonly doors?:
    | {
        readonly form: number | null
        readonly mail: number | null
        readonly faults: readonly ('form' | 'mail')[]
        readonly timeZone: string
      }
    | undefined
}

export interface LayoutProps {
  title: string
  /** What is wrong with what was sent: said in the title too, and first on the page. */
  errors?: readonly SummaryError[]
  site: Site
  /** Where this page stands in another language. */
  path: (locale: Locale) => string
  variant: 'public' | 'staff'
  staffName?: string
  /** Of who reads it: milliseconds without another page, and in any case (desk-session.js). */
  session?: { readonly idleMs: number; readonly leftMs: number }
  /** Stands above the main part, over its whole width. */
  banner?: ComponentChildren
  /** The staff desk's links. */
  nav?: ComponentChildren
  /** In place of the links that `path` gives, where the page's form must come along. */
  switcher?: ComponentChildren
  /** Names of the scripts this page uses, `form.js`. */
  scripts?: readonly string[]
  children: ComponentChildren
}

export function Layout(props: LayoutProps) {
  const { locale, dir } = useWords()
  const { session } = props
  return (
    <html lang={locale} dir={dir}>
      <Head {...props} />
      <body
        class={props.variant}
        {...(session && { 'data-idle-ms': session.idleMs, 'data-left-ms': session.leftMs })}
      >
        <a class="skip-link" href="#main">
          <Words k="common.skip" />
        </a>
        <Masthead {...props} />
        {props.banner && <div class="page-banner">{props.banner}</div>}
        <main id="main" class="page" tabindex={-1}>
          <ErrorSummary errors={props.errors ?? []} />
          {props.children}
        </main>
        <Footer site={props.site} variant={props.variant} />
      </body>
    </html>
  )
}

const scriptFonts: Record<Locale, string> = { ar: 'arabic-arabic', he: 'hebrew-hebrew', en: 'arabic-latin' }

function Head({ title, errors = [], site, scripts = [] }: LayoutProps) {
  const { locale, t } = useWords()
  const font = assetUrl(`ibm-plex-sans-${scriptFonts[locale]}-400-normal.woff2`)
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${errors.length > 0 ? t('common.errorTitle', { title }) : title} – ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#f6f5f1" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#12171a" media="(prefers-color-scheme: dark)" />
      <link rel="preload" href={font} as="font" type="font/woff2" crossorigin="anonymous" />
      <link rel="stylesheet" href={assetUrl('site.css')} />
      <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
      {['page.js', ...scripts].map((name) => (
        <script key={name} type="module" src={assetUrl(name)} />
      ))}
    </head>
  )
}

function Masthead({ site, variant, path, switcher, staffName, nav }: LayoutProps) {
  const { locale } = useWords()
  return (
    <header class="masthead">
      <div class="masthead-inner">
        <a class="masthead-name" href={variant === 'staff' ? '/staff' : `/${locale}`}>
          <Mark />
          <span>
            <b>{site.name}</b>
            <span class="masthead-service">
              <Words k={variant === 'staff' ? 'common.desk' : 'common.service'} />
            </span>
          </span>
        </a>
        {nav}
        <div class="masthead-end">
          {staffName && <SignedIn name={staffName} />}
          {switcher ?? <LanguageSwitcher path={path} />}
        </div>
      </div>
    </header>
  )
}

const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" width="36" height="36" aria-hidden="true" focusable="false">
    <rect class="mark-ground" width="32" height="32" rx="7" />
    <path class="mark-sheet" d="M9 7h10l4 4v14H9z" />
    <path class="mark-lines" d="M12 13h6M12 17h8" />
    <circle class="mark-seal" cx="20.5" cy="22.5" r="4.5" />
  </svg>
)

const SignedIn = ({ name }: { name: string }) => (
  <form class="signed-in" method="post" action="/staff/sign-out">
    <span>
      <Person>{name}</Person>
    </span>
    <button type="submit" class="link-button">
      <Words k="common.signOut" />
    </button>
  </form>
)

function Footer({ site, variant }: Pick<LayoutProps, 'site' | 'variant'>) {
  const { locale } = useWords()
  return (
    <footer class="footer">
      <div class="footer-inner">
        {variant === 'public' && (
          <ul class="footer-links">
            <li>
              <a href={`/${locale}/track`}>
                <Words k="common.footer.track" />
              </a>
            </li>
            <li>
              <a href={`/${locale}/privacy`}>
                <Words k="common.footer.privacy" />
              </a>
            </li>
            <li>
              <a href={`/${locale}/accessibility`}>
                <Words k="common.footer.accessibility" />
              </a>
            </li>
          </ul>
        )}
        <p>
          <Words k="common.footer.contact" address={<MailAddress address={site.infoAddress} />} />
        </p>
        {variant === 'public' && <Doors doors={site.doors} />}
      </div>
    </footer>
  )
}

/** The channel is a condition of the law: whoever needs it can see that it works. */
function Doors({ doors }: Pick<Site, 'doors'>) {
  if (!doors || doors.form === null) return null
  const form = <Moment at={doors.form} timeZone={doors.timeZone} />
  return (
    <p class="hint">
      {doors.mail === null ? (
        <Words k="doors.form" form={form} />
      ) : (
        <Words k="doors.both" form={form} mail={<Moment at={doors.mail} timeZone={doors.timeZone} />} />
      )}
    </p>
  )
}
