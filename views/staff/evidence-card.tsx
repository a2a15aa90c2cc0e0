import { formatBytes } from '../../src/i18n/format.ts'
import { isolate } from '../../src/lib/bidi.ts'
import type { Screenshot, TakedownFile } from '../../src/takedowns/store.ts'
import { FileName } from '../components/file-name.tsx'
import { Ltr } from '../components/ltr.tsx'
import { useWords, Words } from '../words.tsx'
import { ZoomDialog } from './zoom-dialog.tsx'

/** Safe copies are shown; originals only ever leave as a download. */
export const EvidenceCard = ({ file }: { file: TakedownFile }) => (
  <section class="card evidence-card" aria-labelledby="evidence">
    <h2 id="evidence">
      <Words k="staff.case.evidence" />
    </h2>
    {file.screenshots.length === 0 && (
      <p>
        <Words k="status.sent.none" />
      </p>
    )}
    <ul class="evidence-list">
      {file.screenshots.map((shot) => (
        <Evidence key={shot.id} shot={shot} reference={file.takedown.reference} />
      ))}
    </ul>
    <ZoomDialog />
  </section>
)

function Evidence({ shot, reference }: { shot: Screenshot; reference: string }) {
  const { t } = useWords()
  const address = `/staff/takedowns/${reference}/files/${shot.id}`
  return (
    <li class="evidence">
      {shot.copyState === 'ready' ? (
        <a href={address} data-zooms>
          <img
            src={address}
            alt={t('status.sent.fileAlt', { file: isolate(shot.fileName) })}
            loading="lazy"
          />
        </a>
      ) : (
        <p class="hint">
          <Words k={shot.copyState === 'pending' ? 'status.sent.preparing' : 'letter.fileKept'} />
        </p>
      )}
      <p class="evidence-name">
        <FileName>{shot.fileName}</FileName> <Ltr>{formatBytes(shot.bytes)}</Ltr>
      </p>
      <p>
        <a href={`${address}/original`}>
          <Words k="staff.case.original" />
        </a>
      </p>
      <p class="hash">
        <span class="hint">SHA-256</span> <Ltr>{shot.sha256}</Ltr>
      </p>
    </li>
  )
}
