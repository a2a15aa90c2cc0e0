import type { takedowns } from '../../src/db/schema.ts'
import { useWords } from '../words.tsx'
import { Tag, type Tone } from './tag.tsx'

type Status = (typeof takedowns.$inferSelect)['status']

const tones: Record<Status, Tone> = {
  received: 'accent',
  in_review: 'accent',
  awaiting_claimant: 'warn',
  decided: 'ok',
  closed: 'plain',
  withdrawn: 'plain',
  duplicate: 'plain',
  spam: 'plain',
}

/** Where the office is with the takedown: words first, colour second. */
export function StatusTag({ status, reader = 'staff' }: { status: Status; reader?: 'staff' | 'claimant' }) {
  const { t } = useWords()
  const isYours = reader === 'claimant' && status === 'awaiting_claimant'
  return <Tag tone={tones[status]}>{t(isYours ? 'status.waitingForYou' : `common.status.${status}`)}</Tag>
}
