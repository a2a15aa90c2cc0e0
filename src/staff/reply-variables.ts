/** What a reply may leave open; filled in from the takedown when the reply is inserted. */
export const replyVariables = ['name', 'reference', 'page', 'due'] as const
export type ReplyVariable = (typeof replyVariables)[number]

const variable = /\{([^{}\n]*)\}/g

/** What stands in braces and is no variable, each once, as written: `{nmae}`. */
export const unknownVariables = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(variable)].flatMap(([whole, name = '']) =>
      replyVariables.some((known) => known === name) ? [] : [whole],
    ),
  ),
]

/** The text with its variables filled in; values are put in as they are. */
export const fillReply = (text: string, values: Readonly<Record<ReplyVariable, string>>): string =>
  text.replace(variable, (whole, name: string) => {
    const known = replyVariables.find((one) => one === name)
    return known ? values[known] : whole
  })
