/** Windows-1252 where it differs from Latin-1 (WHATWG Encoding): the code points of bytes 80 to 9f. */
const cp1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** The first byte of two or more of UTF-8 for Hebrew or Arabic, as Latin-1 shows it, and one that goes on. */
const suspicious = /[\u00d6-\u00db][\u0080-\u00bf\u0152-\u2122]/

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * UTF-8 that was sent under a Western name and read by it, put right; any other text as it is. Programs that declare no
 * charset and write Arabic are common.
 */
export function mendEncoding(text: string): string {
  if (!suspicious.test(text)) return text
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const byte = byteOf(text.charAt(at))
    if (byte === null) return text
    bytes[at] = byte
  }
  try {
    return decoder.decode(bytes)
  } catch {
    return text
  }
}

function byteOf(character: string): number | null {
  const code = character.charCodeAt(0)
  if (code <= 0xff) return code
  const at = cp1252.indexOf(character)
  return at < 0 ? null : 0x80 + at
}
