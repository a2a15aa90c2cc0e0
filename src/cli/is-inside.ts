import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

/** Whether `path`, which need not be there yet, is that directory or lies in it, whatever links lead to either. */
export const isInside = (path: string, directory: string): boolean =>
  relative(realPathOf(resolve(directory)), realPathOf(resolve(path))).split(sep)[0] !== '..'

const realPathOf = (path: string): string =>
  existsSync(path) ? realpathSync(path) : join(realPathOf(dirname(path)), basename(path))
