/** Every byte of the UTF-8 text as a capital escape, also of characters that encodeURIComponent leaves alone. */
export const escapeBytes = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** The text that the escapes stand for, or null where they are not UTF-8 (as in addresses from before it). */
export function decodeEscapes(escapes: string): string | null {
  try {
    return decodeURIComponent(escapes)
  } catch {
    return null
  }
}
