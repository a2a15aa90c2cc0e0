import type { FoundIn, FoundMail } from '../../src/inbox/found.ts'
import type { IncomingMail } from '../../src/inbox/store.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import { FileName } from '../components/file-name.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Person } from '../components/person.tsx'
import { Prose } from '../components/prose.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Tag } from '../components/tag.tsx'
import { Words } from '../words.tsx'

/** A mail with what was understood of it. */
export interface ShownMail {
  readonly mail: IncomingMail
  readonly found: FoundMail | null
  /** Of the takedown it belongs to. */
  readonly reference: string | null
}

export const MailSender = ({ mail }: Pick<ShownMail, 'mail'>) => {
  if (!mail.senderName && !mail.senderAddress) return <Words k="inbox.noSender" />
  return (
    <>
      {mail.senderName && (
        <div>
          <Person>{mail.senderName}</Person>
        </div>
      )}
      {mail.senderAddress && (
        <div>
          <Ltr>{mail.senderAddress}</Ltr>
        </div>
      )}
    </>
  )
}

export const MailSubject = ({ mail }: Pick<ShownMail, 'mail'>) =>
  mail.subject ? <Person>{mail.subject}</Person> : <Words k="inbox.noSubject" />

/** Who sent it, when the host took it in, and whether the sender is who they say. */
export function MailHead({ shown, timeZone }: { shown: ShownMail; timeZone: string }) {
  const { mail, found } = shown
  const authenticity = found?.authenticity.label ?? 'unknown'
  return (
    <SummaryList
      rows={[
        { term: <Words k="inbox.from" />, detail: <MailSender mail={mail} /> },
        { term: <Words k="inbox.subject" />, detail: <MailSubject mail={mail} /> },
        {
          term: <Words k="inbox.takenIn" />,
          detail: <Moment at={mail.takenInAt} timeZone={timeZone} />,
        },
        { term: <Words k="inbox.kept" />, detail: <Moment at={mail.keptAt} timeZone={timeZone} /> },
        {
          term: <Words k="inbox.authenticity" />,
          detail: (
            <Tag tone={authenticity === 'failed' ? 'danger' : authenticity === 'verified' ? 'ok' : 'plain'}>
              <Words k={`inbox.authenticity.${authenticity}`} />
            </Tag>
          ),
        },
      ]}
    />
  )
}

/** Its words as plain text, never as HTML; what it repeats is folded. */
export function MailWords({ found }: { found: FoundMail }) {
  return (
    <>
      {found.body ? (
        <div class="person-text mail-words">
          <Prose>{found.body}</Prose>
        </div>
      ) : (
        <p class="hint">
          <Words k="inbox.noWords" />
        </p>
      )}
      <Quoted text={found.quoted} />
    </>
  )
}

/** Folded; nothing where there is none. */
export function Quoted({ text }: { text: string | null }) {
  if (!text) return null
  return (
    <details>
      <summary>
        <Words k="inbox.quoted" />
      </summary>
      <div class="person-text mail-words quoted">
        <Prose>{text}</Prose>
      </div>
    </details>
  )
}

/** Each file only as a download, and the whole mail as it came; their names alone for who may not have them. */
export function MailFiles({ shown, mayOpen }: { shown: ShownMail; mayOpen: boolean }) {
  const { mail, found } = shown
  return (
    <>
      {found && found.files.length > 0 && (
        <>
          <h3 class="mail-files">
            <Words k="inbox.files" />
          </h3>
          <ul>
            {found.files.map((file) => (
              <li key={file.part}>
                {mayOpen ? (
                  <a href={`/staff/inbox/${mail.id}/files/${file.part}`}>
                    <FileName>{file.fileName}</FileName>
                  </a>
                ) : (
                  <FileName>{file.fileName}</FileName>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {mayOpen ? (
        <p>
          <a href={`/staff/inbox/${mail.id}/raw`}>
            <Words k="inbox.raw" />
          </a>
        </p>
      ) : (
        <p class="hint">
          <Words k="inbox.rawForActing" />
        </p>
      )}
    </>
  )
}

/** What was understood, each value with where it stood. */
export function FoundValues({ found }: { found: FoundMail }) {
  const { name, phone, pages } = found
  return (
    <SummaryList
      rows={[
        {
          term: <Words k="inbox.found.name" />,
          detail: name ? (
            <>
              <Person>{name.value}</Person> <Where foundIn={name.foundIn} />
            </>
          ) : (
            <NotFound />
          ),
        },
        {
          term: <Words k="inbox.found.phone" />,
          detail: phone ? (
            <>
              <Ltr>{phone.typed}</Ltr> <Where foundIn={phone.foundIn} />
            </>
          ) : (
            <NotFound />
          ),
        },
        {
          term: <Words k="inbox.found.page" />,
          detail:
            pages.length > 0 ? (
              pages.map((page) => (
                <div key={page.canonicalUrl}>
                  <Ltr>{readableUrl(page.canonicalUrl)}</Ltr> <Where foundIn={page.foundIn} />
                </div>
              ))
            ) : (
              <NotFound />
            ),
        },
        {
          term: <Words k="inbox.found.language" />,
          detail: <Words k={`common.language.${found.locale}`} />,
        },
      ]}
    />
  )
}

const Where = ({ foundIn }: { foundIn: FoundIn }) => (
  <div class="hint">
    <Words k={`inbox.in.${foundIn}`} />
  </div>
)

const NotFound = () => (
  <span class="hint">
    <Words k="inbox.found.nothing" />
  </span>
)
