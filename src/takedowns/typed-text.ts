/** Direction marks, zero width blanks, byte order marks, soft hyphens: they come with a copy and mean nothing. */
const invisible = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu

/** ZWNJ and ZWJ belong to the spelling between Arabic-script letters (Persian, Urdu), and nowhere else here. */
const strayJoiner = /(?<!\p{Script=Arabic})[\u200c\u200d]|[\u200c\u200d](?!\p{Script=Arabic})/gu

/** A typed or pasted number or address without characters that nobody sees, trimmed. Not for names and prose. */
export const stripInvisible = (text: string): string =>
  text.toWellFormed().replace(invisible, '').replace(strayJoiner, '').trim()
