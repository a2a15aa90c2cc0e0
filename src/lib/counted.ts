/** A number with its words, for operators: `1 letter`, `2 letters`; `many` where more than an s is another. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
