import type { ComponentChildren } from 'preact'
import type { MessageKey } from '../../src/i18n/messages.ts'
import { Spoken } from '../words.tsx'
import { Ltr } from './ltr.tsx'
import { Person } from './person.tsx'

/** A message chosen at run time: a key and its values. */
export interface Sentence {
  readonly key: MessageKey
  readonly params?: Readonly<Record<string, string | number>> | undefined
}

/** The sentence, each of its values isolated: names by their own direction, everything else left to right. */
export function Said({ sentence }: { sentence: Sentence }) {
  const values = Object.entries(sentence.params ?? {}).map(
    ([name, value]) => [name, isolated(name, value)] as const,
  )
  return <Spoken k={sentence.key} values={new Map<string, ComponentChildren>(values)} />
}

function isolated(name: string, value: string | number): ComponentChildren {
  if (typeof value === 'number') return value
  return ['file', 'name', 'site'].includes(name) ? <Person>{value}</Person> : <Ltr>{value}</Ltr>
}
