import { preloadLibrary } from '../support/preload-library.ts'

/** Variables under which every sync takes five milliseconds longer. Needs a C compiler and a dynamic linker like Linux's. */
export const slowDisk = (directory: string): Readonly<Record<string, string>> => ({
  LD_PRELOAD: preloadLibrary(new URL('./slow-disk.c', import.meta.url), directory),
})
