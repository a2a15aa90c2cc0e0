import type { ComponentChildren } from 'preact'

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'danger'

export const Tag = ({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) => (
  <strong class={`tag tone-${tone}`}>{children}</strong>
)
