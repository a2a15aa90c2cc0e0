import type { ComponentChildren } from 'preact'

/** A person's own text: direction by its first strong letter, and without effect on its surroundings. */
export const Person = ({ children }: { children: ComponentChildren }) => <bdi>{children}</bdi>
