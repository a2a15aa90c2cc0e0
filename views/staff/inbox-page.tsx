import type { Guess } from '../../src/inbox/correlate.ts'
import type { Unreadable } from '../../src/inbox/found.ts'
import type { Fold, IncomingMail } from '../../src/inbox/store.ts'
import { Banner } from '../components/banner.tsx'
import { Icon } from '../components/icon.tsx'
import { Moment } from '../components/moment.tsx'
import { Pagination } from '../components/pagination.tsx'
import { Prose } from '../components/prose.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Tag } from '../components/tag.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { MailSender, MailSubject, type ShownMail } from './incoming-mail.tsx'
import { TakedownLink } from './takedown-list.tsx'

interface InboxPageProps {
  desk: Desk
  fold: Fold
  counts: Readonly<Record<Fold, number>>
  mails: readonly ShownMail[]
  /** Address of older mail, null where there is none. */
  older: string | null
  /** Whether a mailbox is read, and when it last answered. */
  mailbox: { isRead: boolean; seenAt: number | null }
}

const shownFolds: readonly Fold[] = ['waiting', 'filed', 'automatic', 'spam', 'notOurs']

/** All mail that came in, by where it went; what waits for somebody first. */
export function InboxPage({ desk, fold, counts, mails, older, mailbox }: InboxPageProps) {
  const { t } = useWords()
  return (
    <DeskLayout desk={desk} title={t('inbox.title')} current="inbox">
      <h1>
        <Words k="inbox.title" />
      </h1>
      {mailbox.isRead ? (
        <p class="hint">
          {mailbox.seenAt === null ? (
            <Words k="inbox.neverSeen" />
          ) : (
            <Words k="inbox.seen" moment={<Moment at={mailbox.seenAt} timeZone={desk.timeZone} />} />
          )}
        </p>
      ) : (
        <Banner>
          <p>
            <Words k="inbox.off" />
          </p>
        </Banner>
      )}
      <p>
        <Words k="inbox.intro" />
      </p>
      <Tabs
        label={t('inbox.folds')}
        tabs={shownFolds.map((one) => ({
          href: one === 'waiting' ? '/staff/inbox' : `/staff/inbox?fold=${one}`,
          label: <Words k={`inbox.fold.${one}`} />,
          count: counts[one],
          current: one === fold,
        }))}
      />
      {mails.length === 0 && (
        <p class="card nothing">
          <Icon name="check" /> <Words k="inbox.nothing" />
        </p>
      )}
      {mails.map((shown) => (
        <MailLine key={shown.mail.id} shown={shown} timeZone={desk.timeZone} />
      ))}
      <Pagination previous={null} next={older} />
    </DeskLayout>
  )
}

const snippetLength = 160

function MailLine({ shown, timeZone }: { shown: ShownMail; timeZone: string }) {
  const { mail, found, reference } = shown
  return (
    <article class="card mail-line">
      <h2>
        <a href={`/staff/inbox/${mail.id}`}>
          <MailSubject mail={mail} />
        </a>
      </h2>
      <MailSender mail={mail} />
      <p class="hint">
        <Moment at={mail.takenInAt} timeZone={timeZone} />
      </p>
      {found?.body && (
        <p class="hint">
          <Prose>{snippet(found.body)}</Prose>
        </p>
      )}
      <p>
        <Tag tone={mail.standing === 'unmatched' || mail.standing === 'unreadable' ? 'warn' : 'plain'}>
          <Words k={`inbox.standing.${mail.standing}`} />
        </Tag>{' '}
        {reference && <TakedownLink reference={reference} />} <MailGuess mail={mail} />
      </p>
    </article>
  )
}

const snippet = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ')
  return [...line].length <= snippetLength ? line : `${[...line].slice(0, snippetLength).join('')}…`
}

type Known = Guess | Unreadable | 'brought_back'
const known: readonly Known[] = [
  'no_page',
  'reference',
  'office_forward',
  'marked_spam',
  'flood',
  'brought_back',
  'too_large',
  'too_many_parts',
  'too_deep',
  'too_slow',
  'malformed',
  'ended',
]

/** Why it waits, in a sentence. */
export function MailGuess({ mail }: { mail: Pick<IncomingMail, 'matchedBy'> }) {
  const guess = known.find((word) => word === mail.matchedBy)
  return guess ? <Words k={`inbox.guess.${guess}`} /> : null
}
