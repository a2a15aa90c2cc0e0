import { isOffered } from '../../src/takedowns/offers.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import { Ltr } from '../components/ltr.tsx'
import { Words } from '../words.tsx'

/** Who has the ball, in one sentence to the claimant. */
export function Ball({ file }: { file: TakedownFile }) {
  const { takedown, pages, joinedTo } = file
  const { status } = takedown
  if (joinedTo?.ownReference) {
    return <Words k="status.joined.own" reference={<Ltr>{joinedTo.ownReference}</Ltr>} />
  }
  if (joinedTo) return <Words k="status.joined.other" />
  const waitsForAcceptance = status === 'decided' && pages.some(isOffered)
  return <Words k={waitsForAcceptance ? 'status.ball.accept' : `status.ball.${status}`} />
}
