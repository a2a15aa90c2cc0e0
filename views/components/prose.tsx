import { proseParts } from '../../src/lib/bidi.ts'
import { Ltr } from './ltr.tsx'

/** What a person wrote at length: direction by its first strong letter, addresses and phones within as they are read. */
export const Prose = ({ children }: { children: string }) => (
  <bdi>
    {proseParts(children).map((part, index) => (index % 2 === 1 ? <Ltr key={index}>{part}</Ltr> : part))}
  </bdi>
)
