import { formatBytes } from '../../src/i18n/format.ts'
import { isolate } from '../../src/lib/bidi.ts'
import type { Screenshot, TakedownFile } from '../../src/takedowns/store.ts'
import { FileName } from '../components/file-name.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { Prose } from '../components/prose.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { useWords, Words } from '../words.tsx'

/** Everything that the form or the mail said, as it was typed; a mail may lack any of it. */
export function SentValues({ file }: { file: TakedownFile }) {
  const { claimantName, phoneTyped, email, statement, capacity } = file.takedown
  const optional = [
    statement
      ? {
          term: <Words k="status.sent.statement" />,
          detail: (
            <div class="person-text">
              <Prose>{statement}</Prose>
            </div>
          ),
        }
      : null,
    capacity
      ? { term: <Words k="status.sent.capacity" />, detail: <Words k={`letter.capacity.${capacity}`} /> }
      : null,
  ]
  return (
    <section class="card" aria-labelledby="sent">
      <h2 id="sent">
        <Words k="status.sent" />
      </h2>
      <SummaryList
        rows={[
          {
            term: <Words k="status.sent.name" />,
            detail: claimantName ? <Person>{claimantName}</Person> : <NotGiven />,
          },
          {
            term: <Words k="status.sent.phone" />,
            detail: phoneTyped ? <Ltr>{phoneTyped}</Ltr> : <NotGiven />,
          },
          {
            term: <Words k="status.sent.email" />,
            detail: email ? <Ltr>{email}</Ltr> : <NotGiven />,
          },
          ...optional.filter((row) => row !== null),
        ]}
      />
    </section>
  )
}

const NotGiven = () => <Words k="status.sent.none" />

export const SentEvidence = ({ file }: { file: TakedownFile }) => (
  <section class="card" aria-labelledby="files">
    <h2 id="files">
      <Words k="status.sent.files" />
    </h2>
    {file.screenshots.length === 0 && (
      <p>
        <NotGiven />
      </p>
    )}
    <ul class="evidence-list">
      {file.screenshots.map((shot) => (
        <SentFile key={shot.id} shot={shot} reference={file.takedown.reference} />
      ))}
    </ul>
  </section>
)

function SentFile({ shot, reference }: { shot: Screenshot; reference: string }) {
  const { t, locale } = useWords()
  const address = `/${locale}/takedowns/${reference}/files/${shot.id}`
  return (
    <li class="evidence">
      {shot.copyState === 'ready' && (
        <a href={address}>
          <img
            src={address}
            alt={t('status.sent.fileAlt', { file: isolate(shot.fileName) })}
            loading="lazy"
          />
        </a>
      )}
      {shot.copyState === 'pending' && (
        <p class="hint">
          <Words k="status.sent.preparing" />
        </p>
      )}
      {(shot.copyState === 'kept' || shot.copyState === 'failed') && (
        <p class="hint">
          <Words k="status.sent.kept" />
        </p>
      )}
      <p class="evidence-name">
        <FileName>{shot.fileName}</FileName> <Ltr>{formatBytes(shot.bytes)}</Ltr>
      </p>
      <p class="hash">
        <span class="hint">SHA-256</span> <Ltr>{shot.sha256}</Ltr>
      </p>
    </li>
  )
}
