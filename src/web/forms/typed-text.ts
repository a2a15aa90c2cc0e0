import { withoutKeys } from '../../lib/without-keys.ts'

/** C0 but tab, line feed and carriage return, and C1 but NEL, which is a line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is dropped
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g

/** Control characters cannot be shown and are dropped; everything else stays character for character. */
export const withoutControls = (text: string): string => text.replace(controls, '')

/** What a message, a statement or a reason may hold, in UTF-16 code units. */
export const longestText = 10_000

/**
 * A longer text as typed: browsers send line ends as CRLF (WHATWG HTML, form submission), we keep LF; and a link that
 * opens a takedown is not kept whole.
 */
export function typedText(value: string | undefined): string {
  const text = withoutControls(value ?? '')
    .replace(/\r\n?/g, '\n')
    .trim()
  return isBlank(text) ? '' : withoutKeys(text)
}

/** Nothing in it can be seen: blanks, direction marks, zero width characters, fillers, marks without a letter. */
export const isBlank = (text: string): boolean =>
  !/[^\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\p{M}\u2800]/u.test(text)
