import { stripBidiControls } from '../lib/bidi.ts'

/** A person's text as one header line: no line break, no control character, no direction override. */
export const headerText = (text: string): string =>
  stripBidiControls(text)
    .replace(/[\r\n\t\u0085\u2028\u2029]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim()

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/avif': '.avif',
  'image/gif': '.gif',
}
const longestStem = 80

/** The name of the original with the extension of its copy; harmless as a file name on any system. */
export function copyFileName(originalName: string, mediaType: string, position: number): string {
  const stem = headerText(originalName)
    .replace(/\.[^.]{0,10}$/u, '')
    .replace(/[\\/:*?"<>|]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
  const short = [...stem].slice(0, longestStem).join('').trimEnd()
  return `${short || `screenshot-${position + 1}`}${extensions[mediaType] ?? ''}`
}
