import type { ComponentChildren } from 'preact'

/**
 * Phones, addresses, references, hashes, sizes: left to right whatever surrounds them (RTL.md, rule 2). An address
 * with Arabic or Hebrew in its path is also left to right within: each segment by itself, or `/أخبار/12` would be
 * shown with its last two parts changed round.
 */
export const Ltr = ({ children }: { children: ComponentChildren }) => (
  <bdi dir="ltr">
    {typeof children === 'string' && rtlLetters.test(children) ? segments(children) : children}
  </bdi>
)

const rtlLetters = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u

const segments = (text: string): ComponentChildren =>
  text
    .split(/([/?#&=:]+)/)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : <bdi key={index}>{part}</bdi>))
