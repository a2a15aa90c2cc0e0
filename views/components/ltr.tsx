import type { ComponentChildren } from 'preact'

/** Phones, addresses, references, hashes, sizes: left to right whatever surrounds them (RTL.md, rule 2). */
export const Ltr = ({ children }: { children: ComponentChildren }) => <bdi dir="ltr">{children}</bdi>
