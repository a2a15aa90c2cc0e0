/** The headers of one mail, names in lower case, in the order in which they stand. */
export interface MailHeaders {
  readonly subject: string
  first(name: string): string | undefined
  all(name: string): string[]
  has(...names: string[]): boolean
}

export function mailHeaders(
  lines: readonly { readonly key: string; readonly value: string }[],
  subject: string,
): MailHeaders {
  const all = (name: string) => lines.filter(({ key }) => key === name).map(({ value }) => value)
  return {
    subject,
    all,
    first: (name) => all(name)[0],
    has: (...names) => lines.some(({ key }) => names.includes(key)),
  }
}

/** Every Message-ID of a header, with its angle brackets. */
export const messageIdsIn = (text: string): string[] => text.match(/<[^<>\s]{3,250}>/g) ?? []
