import { directionOf, type Locale, locales } from '../../src/i18n/locales.ts'
import type { Reply } from '../../src/staff/replies.ts'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { Tag } from '../components/tag.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'

interface RepliesPageProps {
  desk: Desk
  replies: readonly Reply[]
  search: string
  withRetired: boolean
  mayWrite: boolean
  /** The takedown whose letter a reply is looked for. */
  letterOf?: { reference: string; locale: Locale }
}

/** The library: each reply with its texts, and what languages it lacks. */
export function RepliesPage(props: RepliesPageProps) {
  const { t } = useWords()
  const { desk, replies, mayWrite } = props
  return (
    <DeskLayout desk={desk} title={t('replies.title')} current="replies">
      <h1>
        <Words k="replies.title" />
      </h1>
      <p class="hint">
        <Words k="replies.words" />
      </p>
      <Search {...props} />
      {mayWrite && (
        <p>
          <a href="/staff/replies/new">
            <Words k="replies.new" />
          </a>
        </p>
      )}
      {replies.length === 0 && (
        <p>
          <Words k="replies.none" />
        </p>
      )}
      {replies.map((reply) => (
        <ReplyCard key={reply.id} {...props} reply={reply} />
      ))}
    </DeskLayout>
  )
}

const Search = ({ search, withRetired, letterOf }: RepliesPageProps) => (
  <form class="search-form" method="get" action="/staff/replies">
    {letterOf && <input type="hidden" name="for" value={letterOf.reference} />}
    <TextField
      id="q"
      name="q"
      type="search"
      label={<Words k="replies.search" />}
      value={search}
      maxlength={200}
    />
    <label class="choice">
      <input type="checkbox" name="retired" value="1" checked={withRetired} />
      <span>
        <Words k="replies.withRetired" />
      </span>
    </label>
    <Button kind="secondary">
      <Words k="replies.searchButton" />
    </Button>
  </form>
)

function ReplyCard({ reply, mayWrite, letterOf }: RepliesPageProps & { reply: Reply }) {
  return (
    <section class="card" id={`reply-${reply.id}`} aria-labelledby={`reply-name-${reply.id}`}>
      <h2 id={`reply-name-${reply.id}`}>
        {mayWrite ? (
          <a href={`/staff/replies/${reply.id}`}>
            <Person>{reply.name}</Person>
          </a>
        ) : (
          <Person>{reply.name}</Person>
        )}
      </h2>
      {reply.retiredAt !== null && (
        <p>
          <Tag>
            <Words k="replies.retired" />
          </Tag>
        </p>
      )}
      {mayWrite && letterOf && reply.retiredAt === null && reply.texts[letterOf.locale] && (
        <InsertForm reply={reply} reference={letterOf.reference} />
      )}
      {(letterOf ? [letterOf.locale] : locales).map((locale) => (
        <ReplyText key={locale} locale={locale} text={reply.texts[locale]} />
      ))}
    </section>
  )
}

const ReplyText = ({ locale, text }: { locale: Locale; text: string | undefined }) =>
  text ? (
    <blockquote class="person-text" lang={locale} dir={directionOf(locale)}>
      {text}
    </blockquote>
  ) : (
    <p>
      <Tag tone="warn">
        <Words k="replies.missing" language={<Words k={`common.language.${locale}`} />} />
      </Tag>
    </p>
  )

const InsertForm = ({ reply, reference }: { reply: Reply; reference: string }) => (
  <form method="post" action={`/staff/takedowns/${reference}/drafts`}>
    <input type="hidden" name="form" value="letter" />
    <input type="hidden" name="intent" value="insert" />
    <input type="hidden" name="reply" value={reply.id} />
    <Button kind="secondary">
      <Words k="replies.insertInto" reference={<Ltr>{reference}</Ltr>} />
    </Button>
  </form>
)
