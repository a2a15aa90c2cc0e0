/** Code points of zero in the digits that people here type: Arabic-Indic, Persian, fullwidth. */
const zeros = [0x0660, 0x06f0, 0xff10]

const foreignDigit = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/gu

/** The same text with every decimal digit as 0-9; one character stays one character. */
export const asciiDigits = (text: string): string => text.replace(foreignDigit, asciiDigit)

function asciiDigit(digit: string): string {
  const codePoint = digit.charCodeAt(0)
  const zero = zeros.find((candidate) => codePoint >= candidate && codePoint < candidate + 10)
  return zero === undefined ? digit : String(codePoint - zero)
}
