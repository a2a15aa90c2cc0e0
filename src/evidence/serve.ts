/**
 * Headers of a safe copy, shown in the page. Its type is ours (we encoded it); should a browser ever take it for a
 * document, it is one that may do nothing.
 */
export const safeCopyHeaders = (mediaType: string): Record<string, string> => ({
  'Content-Type': mediaType,
  'Content-Disposition': 'inline',
  ...harmless,
})

/** Headers of an original: a stranger's bytes, only ever saved to disk, never shown. */
export const originalHeaders = (fileName: string): Record<string, string> => ({
  'Content-Type': 'application/octet-stream',
  'Content-Disposition': attachmentNamed(fileName),
  ...harmless,
})

/**
 * No report is asked for: a browser that shows a picture by itself puts a style of its own into the page around it, and
 * tells of that, so that everybody who opens one would be counted (seen with Chromium). An attachment has no page.
 */
const harmless = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
}

/** RFC 6266 with the extended value of RFC 8187; the plain one is what an old reader falls back to. */
function attachmentNamed(fileName: string): string {
  const plain = fileName.replace(/[^\w.\- ]/g, '_').slice(-100)
  const extended = encodeURIComponent(fileName.toWellFormed()).replace(/['()*]/g, percentEncode)
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`
}

/** The four that encodeURIComponent leaves and RFC 8187 does not allow. */
const percentEncode = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
