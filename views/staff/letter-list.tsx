import { heldByRestore } from '../../src/outbox/held.ts'
import type { LetterOnItsWay } from '../../src/outbox/store.ts'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Tag, type Tone } from '../components/tag.tsx'
import { Words } from '../words.tsx'

export const LetterList = ({
  letters,
  timeZone,
}: {
  letters: readonly LetterOnItsWay[]
  timeZone: string
}) => (
  <section class="card" aria-labelledby="letters">
    <h2 id="letters">
      <Words k="staff.case.letters" />
    </h2>
    <ul class="plain-list">
      {letters.map((letter) => (
        <li key={letter.id}>
          <LetterHead letter={letter} />
          <div class="hint">
            <Moment at={letter.submittedAt ?? letter.createdAt} timeZone={timeZone} />
          </div>
        </li>
      ))}
    </ul>
  </section>
)

const tones: Record<LetterOnItsWay['state'], Tone> = {
  queued: 'plain',
  submitting: 'plain',
  submitted: 'ok',
  failed: 'danger',
  uncertain: 'warn',
}

const kinds = [
  'new-takedown',
  'receipt',
  'question',
  'update',
  'decision',
  'reopened',
  'claimant-wrote',
  'withdrawn',
  'withdrawn-receipt',
  'digest',
  'offer',
  'duplicate',
] as const

/** The kind of a letter as the desk names it. */
export const letterKind = (kind: string) => kinds.find((known) => known === kind) ?? 'other'

function Standing({ letter: { state, bouncedAt, lastReply } }: { letter: LetterOnItsWay }) {
  if (lastReply === heldByRestore) {
    return (
      <Tag tone="warn">
        <Words k="staff.mail.held" />
      </Tag>
    )
  }
  return (
    <Tag tone={tones[state]}>
      <Words k={bouncedAt === null ? `staff.letterState.${state}` : 'inbox.letterBounced'} />
    </Tag>
  )
}

/** What letter it is, to whom, and how far it got. */
export function LetterHead({ letter }: { letter: LetterOnItsWay }) {
  const kind = letterKind(letter.kind)
  return (
    <>
      <Words k={`staff.letter.${kind}`} /> <Standing letter={letter} />
      <div class="hint long-value">
        <Ltr>{letter.recipientAddress}</Ltr>
      </div>
    </>
  )
}
