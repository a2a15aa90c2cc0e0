/** What an evidence file may be, told by its content and never by its name. */
export type MediaType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'image/gif'
  | 'image/avif'
  | 'image/heic'
  | 'image/heif'
  | 'application/pdf'

const extensions: Record<MediaType, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'application/pdf': 'pdf',
}

/** How many bytes of a file's beginning `mediaTypeOf` wants to see. */
export const headBytes = 64

/** The type by the first 64 bytes, or null when it is none that is taken. A shorter head is a shorter file. */
export function mediaTypeOf(head: Uint8Array): MediaType | null {
  const text = Buffer.from(head).toString('latin1')
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  if (text.startsWith('RIFF') && text.startsWith('WEBPVP8', 8)) return 'image/webp'
  if (text.startsWith('%PDF-')) return 'application/pdf'
  return text.startsWith('ftyp', 4) ? typeOfBrands(head, text) : null
}

/** ISO 14496-12 file type box: length, 'ftyp', major brand, minor version, compatible brands of four letters each. */
function typeOfBrands(head: Uint8Array, text: string): MediaType | null {
  const length = Buffer.from(head).readUInt32BE(0)
  const major = text.slice(8, 12)
  const brands = [major, ...(text.slice(16, length).match(/.{4}/gs) ?? [])]
  const has = (...wanted: string[]) => brands.some((brand) => wanted.includes(brand))
  if (has('avif', 'avis')) return 'image/avif'
  if (has('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx')) return 'image/heic'
  return ['mif1', 'msf1'].includes(major) ? 'image/heif' : null
}

/** Decoded and re-encoded here. The others (iPhone's HEIC has no free decoder, PDF is no image) are kept as given. */
export const isDecoded = (type: MediaType): boolean =>
  type !== 'image/heic' && type !== 'image/heif' && type !== 'application/pdf'

/** Without the dot. */
export const extensionOf = (type: MediaType): string => extensions[type]

/** Other spellings that programs know for the same. */
const spellings: Partial<Record<MediaType, readonly string[]>> = {
  'image/jpeg': ['jpeg', 'jpe', 'jfif'],
  'image/heic': ['heif'],
  'image/heif': ['heic'],
}

/**
 * What the file is called where it is saved to disk: as it came, and where that does not end as its type does, with the
 * extension of its type behind it. Of no type that is taken (null), it does not end as one of them.
 */
export function nameByType(fileName: string, type: MediaType | null): string {
  const ending = /\.([^.]*)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  if (type === null) return Object.values(extensions).includes(ending) ? `${fileName}.bin` : fileName
  const known = [extensionOf(type), ...(spellings[type] ?? [])]
  return known.includes(ending) ? fileName : `${fileName}.${extensionOf(type)}`
}

export const isMediaType = (value: string): value is MediaType => Object.hasOwn(extensions, value)
