import type { reportedPages } from '../../src/db/schema.ts'
import { useWords } from '../words.tsx'
import { Tag, type Tone } from './tag.tsx'

type UseState = (typeof reportedPages.$inferSelect)['useState']

const tones: Record<UseState, Tone> = {
  live: 'warn',
  paused: 'accent',
  stopped: 'ok',
  verified_gone: 'ok',
  licensed: 'plain',
  kept: 'plain',
  not_found: 'plain',
  reappeared: 'danger',
}

/** Whether our page still uses the material. */
export function UseStateTag({ useState }: { useState: UseState }) {
  const { t } = useWords()
  return <Tag tone={tones[useState]}>{t(`common.useState.${useState}`)}</Tag>
}
