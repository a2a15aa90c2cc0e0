import type { ComponentChildren } from 'preact'
import { directionOf, type Locale } from '../../src/i18n/locales.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import type { Letter } from '../letters/letter.tsx'
import { SpeechContext, speechOf, useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { letterKind } from './letter-list.tsx'
import { StatusPreview } from './status-preview.tsx'

/** Stands where the letter will carry the claimant's access key. */
export const accessKeyDots = '••••••••'

type PreviewedLetter = Letter & { readonly kind: string }

interface PreviewPageProps {
  desk: Desk
  /** Which form the words were typed in. */
  form: string
  version: number
  /** What names exactly this preview. */
  mark: string
  letter: PreviewedLetter | null
  frameAddress: string
  /** The takedown as it would stand. */
  after: TakedownFile
  /** Staff's own words, of a message or question. */
  message: string | null
  /** What was sent was not what had been on the screen. */
  hasChanged: boolean
}

/** The exact letter, and what the status page will say, before anything happens. */
export function PreviewPage(props: PreviewPageProps) {
  const { t } = useWords()
  const { desk, after, letter, hasChanged } = props
  const { reference } = after.takedown
  return (
    <DeskLayout desk={desk} title={`${t('outgoing.preview.title')} · ${reference}`} current="queue">
      {hasChanged && (
        <Banner tone="warn" role="alert">
          <p>
            <Words k="outgoing.preview.changed" />
          </p>
        </Banner>
      )}
      <p class="hint">
        <a href={`/staff/takedowns/${reference}`}>
          <Words k="staff.case.title" reference={<Ltr>{reference}</Ltr>} />
        </a>
      </p>
      <h1>
        <Words k="outgoing.preview.title" />
      </h1>
      <p>
        <Words k="outgoing.preview.words" />
      </p>
      {letter ? <LetterPreview {...props} letter={letter} /> : <NoLetter {...props} />}
      <section class="card" aria-labelledby="status-page">
        <h2 id="status-page">
          <Words k="outgoing.preview.status" />
        </h2>
        <InTheirWords locale={after.takedown.locale}>
          <StatusPreview after={after} message={props.message} timeZone={desk.timeZone} />
        </InTheirWords>
      </section>
      <SendForm {...props} />
    </DeskLayout>
  )
}

function InTheirWords({ locale, children }: { locale: Locale; children: ComponentChildren }) {
  return (
    <div class="their-words" lang={locale} dir={directionOf(locale)}>
      <SpeechContext.Provider value={speechOf(locale)}>{children}</SpeechContext.Provider>
    </div>
  )
}

function LetterPreview({ after, letter, frameAddress }: PreviewPageProps & { letter: PreviewedLetter }) {
  const { t } = useWords()
  const { locale, claimantName, email } = after.takedown
  const theirs = { lang: locale, dir: directionOf(locale) }
  return (
    <section class="card" aria-labelledby="letter">
      <h2 id="letter">
        <Words k={`staff.letter.${letterKind(letter.kind)}`} />
      </h2>
      <SummaryList
        rows={[
          {
            term: <Words k="outgoing.preview.to" />,
            detail: (
              <>
                <Person>{claimantName}</Person> <Ltr>{email}</Ltr>
              </>
            ),
          },
          {
            term: <Words k="outgoing.preview.subject" />,
            detail: <Subject {...theirs} text={letter.subject} />,
          },
          {
            term: <Words k="outgoing.preview.language" />,
            detail: <Words k={`common.language.${locale}`} />,
          },
        ]}
      />
      <iframe
        class="letter-frame"
        title={t('outgoing.preview.frame')}
        src={frameAddress}
        sandbox="allow-same-origin"
        loading="eager"
      />
      <p class="hint">
        <Words k="outgoing.preview.key" dots={<Ltr>{accessKeyDots}</Ltr>} />
      </p>
      <details>
        <summary>
          <Words k="outgoing.preview.text" />
        </summary>
        <pre class="letter-text" {...theirs}>
          {letter.text}
        </pre>
      </details>
    </section>
  )
}

/** A subject begins with the reference in square brackets. */
function Subject({ text, lang, dir }: { text: string; lang: Locale; dir: 'rtl' | 'ltr' }) {
  const [, reference, rest] = /^\[([^\]]+)\](.*)$/.exec(text) ?? ['', '', text]
  return (
    <bdi lang={lang} dir={dir}>
      {reference && (
        <>
          [<Ltr>{reference}</Ltr>]
        </>
      )}
      {rest}
    </bdi>
  )
}

function NoLetter({ after }: PreviewPageProps) {
  const { email, phoneTyped } = after.takedown
  return (
    <Banner tone="accent">
      <p>
        {email ? (
          <Words k="outgoing.preview.noLetter" />
        ) : (
          <Words k="outgoing.preview.noEmail" phone={<Ltr>{phoneTyped}</Ltr>} />
        )}
      </p>
    </Banner>
  )
}

const SendForm = ({ form, version, mark, letter, after }: PreviewPageProps) => (
  <form method="post" action={`/staff/takedowns/${after.takedown.reference}/sending`}>
    <input type="hidden" name="version" value={version} />
    <input type="hidden" name="form" value={form} />
    <input type="hidden" name="seen" value={mark} />
    <p class="hint">
      <Words k="outgoing.preview.undoable" seconds={15} />
    </p>
    <div class="button-row">
      <Button large>
        <Words k={letter ? 'outgoing.preview.send' : 'outgoing.preview.record'} />
      </Button>
      <a href={`/staff/takedowns/${after.takedown.reference}#form-${form}`}>
        <Words k="outgoing.preview.change" />
      </a>
    </div>
  </form>
)
