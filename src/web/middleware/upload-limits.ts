/** What a form with files may bring, all told: its files and a mebibyte for the texts. */
export const mostBytesOf = ({ maxUploadBytes, maxFiles }: { maxUploadBytes: number; maxFiles: number }) =>
  maxUploadBytes * maxFiles + 1024 * 1024

/**
 * multer's limits, all of which default to Infinity or nearly so. The sizes and number of files that the claimant is
 * told about are the storage's business, which marks a file and goes on; multer would drop the whole form. Here stands
 * what no honest form reaches.
 */
export const multerLimits = (limits: { maxUploadBytes: number; maxFiles: number }) => ({
  fileSize: mostBytesOf(limits),
  files: 40,
  // A full form has nine fields besides up to 16 page addresses and a tick for each kept file.
  fields: Math.max(30, 25 + limits.maxFiles),
  parts: Math.max(40, 30 + 2 * limits.maxFiles),
  // Far above what any field may hold, so that what is too long comes back to be shortened.
  fieldSize: 512 * 1024,
  fieldNameSize: 100,
  headerPairs: 20,
  // Names have no brackets: no nested objects, no arrays by index.
  fieldNestingDepth: 0,
  fieldArrayIndexLimit: 0,
})

/** A form without files (application/x-www-form-urlencoded). */
export const mostPlainFormBytes = 1024 * 1024
