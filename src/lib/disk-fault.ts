/** What a full, failing or read-only volume, or one without file descriptors left, makes a file operation throw. */
const codes = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'ENFILE', 'EMFILE']

/** The disk failed and not the program: nothing was written, and a later try may succeed. */
export const isDiskFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
