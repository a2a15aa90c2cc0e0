import type { Related } from '../../src/takedowns/related.ts'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { Words } from '../words.tsx'
import { ClaimantName } from './claimant-name.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

const kinds = ['sameClaimant', 'samePage', 'sameImage', 'alikeImage'] as const

/** Other requests that bear on this one; nothing at all where there are none. */
export function RelatedCard({ casework, desk }: TakedownPageProps) {
  const { related, original, duplicates } = casework
  const shown = kinds.filter((kind) => related[kind].length > 0)
  if (shown.length === 0 && !original && duplicates.length === 0) return null
  return (
    <section class="card" aria-labelledby="related">
      <h2 id="related">
        <Words k="case.related" />
      </h2>
      {original && (
        <p>
          <Words k="case.duplicate.joinedTo" reference={<TakedownLink reference={original} />} />
        </p>
      )}
      {duplicates.length > 0 && (
        <p>
          <Words k="case.duplicate.joined" />{' '}
          {duplicates.map((reference) => (
            <span key={reference}>
              <TakedownLink reference={reference} />{' '}
            </span>
          ))}
        </p>
      )}
      {shown.map((kind) => (
        <details key={kind}>
          <summary>
            <Words k={`case.related.${kind}`} />{' '}
            {related[kind].length < 10 && <span class="tab-count">{related[kind].length}</span>}
          </summary>
          <ul class="plain-list related-list">
            {related[kind].map((other) => (
              <RelatedRow key={other.id} other={other} timeZone={desk.timeZone} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

const TakedownLink = ({ reference }: { reference: string }) => (
  <a href={`/staff/takedowns/${reference}`}>
    <Ltr>{reference}</Ltr>
  </a>
)

const RelatedRow = ({ other, timeZone }: { other: Related; timeZone: string }) => (
  <li>
    <TakedownLink reference={other.reference} /> <StatusTag status={other.status} />
    <div class="hint">
      <ClaimantName name={other.claimantName} /> ·{' '}
      <Moment at={other.receivedAt} timeZone={timeZone} precision="day" />
    </div>
  </li>
)
