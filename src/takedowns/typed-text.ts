import { stripBidiControls } from '../lib/bidi.ts'

/** Zero width space, word joiner, byte order mark, soft hyphen: they come with a copy and mean nothing. */
const invisible = /[\u200b\u2060\ufeff\u00ad]/gu

/** ZWNJ and ZWJ belong to the spelling between Arabic-script letters (Persian, Urdu), and nowhere else here. */
const strayJoiner = /(?<!\p{Script=Arabic})[\u200c\u200d]|[\u200c\u200d](?!\p{Script=Arabic})/gu

/** Typed or pasted text without direction marks and other characters that nobody sees, trimmed. */
export const stripInvisible = (text: string): string =>
  stripBidiControls(text.toWellFormed()).replace(invisible, '').replace(strayJoiner, '').trim()
