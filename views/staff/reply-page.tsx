import { directionOf, type Locale, locales } from '../../src/i18n/locales.ts'
import type { PlainKey } from '../../src/i18n/messages.ts'
import type { Reply } from '../../src/staff/replies.ts'
import { replyVariables } from '../../src/staff/reply-variables.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Field } from '../components/field.tsx'
import { Ltr } from '../components/ltr.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'

interface ReplyPageProps {
  desk: Desk
  words: { readonly name: string; readonly texts: Readonly<Record<Locale, string>> }
  /** Absent while it is written for the first time. */
  reply?: Reply
  errors: readonly SummaryError[]
  notice?: PlainKey
  mayWrite: boolean
}

/** One reply, written in up to three languages. */
export function ReplyPage(props: ReplyPageProps) {
  const { t } = useWords()
  const { desk, reply, errors, notice, mayWrite } = props
  const title = t(reply ? 'replies.edit' : 'replies.new')
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="replies">
      {notice && (
        <Banner tone="warn" role="alert">
          <p>
            <Words k={notice} />
          </p>
        </Banner>
      )}
      <p class="hint">
        <a href="/staff/replies">
          <Words k="replies.title" />
        </a>
      </p>
      <h1>{title}</h1>
      <ReplyForm {...props} />
      {reply && mayWrite && <RetireForm reply={reply} />}
    </DeskLayout>
  )
}

function ReplyForm({ words, reply, errors, mayWrite }: ReplyPageProps) {
  const errorAt = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.sentence
  return (
    <form
      class="card"
      method="post"
      action={reply ? `/staff/replies/${reply.id}` : '/staff/replies'}
      noValidate
    >
      {reply && <input type="hidden" name="at" value={reply.at} />}
      <TextField
        id="name"
        name="name"
        label={<Words k="replies.name" />}
        value={words.name}
        error={errorAt('name')}
        autocomplete="off"
      />
      <Variables />
      {locales.map((locale) => (
        <Field
          key={locale}
          id={`text-${locale}`}
          label={<Words k="replies.text" language={<Words k={`common.language.${locale}`} />} />}
          hint={<Words k="replies.textHint" />}
          error={errorAt(`text-${locale}`)}
        >
          {(control) => (
            <textarea
              {...control}
              class="input"
              name={locale}
              rows={6}
              lang={locale}
              dir={directionOf(locale)}
            >
              {words.texts[locale]}
            </textarea>
          )}
        </Field>
      ))}
      {mayWrite && (
        <Button>
          <Words k="replies.save" />
        </Button>
      )}
    </form>
  )
}

const Variables = () => (
  <div class="field">
    <p>
      <Words k="replies.variables" />
    </p>
    <ul>
      {replyVariables.map((name) => (
        <li key={name}>
          <code>
            <Ltr>{`{${name}}`}</Ltr>
          </code>
          {': '}
          <Words k={`replies.variable.${name}`} />
        </li>
      ))}
    </ul>
  </div>
)

const RetireForm = ({ reply }: { reply: Reply }) => (
  <form class="card" method="post" action={`/staff/replies/${reply.id}/retirement`}>
    {reply.retiredAt !== null && <input type="hidden" name="back" value="yes" />}
    <p class="hint">
      <Words k="replies.retireHint" />
    </p>
    <Button kind="secondary">
      <Words k={reply.retiredAt === null ? 'replies.retire' : 'replies.restore'} />
    </Button>
  </form>
)
