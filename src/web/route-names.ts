import type { Router } from 'express'

/** What logs and metrics call a page: its pattern in the route table, which holds nothing that anybody typed. */
export interface RouteNames {
  /** Every path mounted on `router` so far, which hangs below `above`. */
  learn(router: Pick<Router, 'stack'>, above?: string): void
  /** `/:locale/takedowns/:reference` for the path of a status page, `unknown` for one that is in no table. */
  nameOf(path: string): string
}

export function createRouteNames(): RouteNames {
  const patterns: string[][] = []
  return {
    learn(router, above = '') {
      for (const { route } of router.stack) {
        for (const path of route ? [route.path].flat() : []) patterns.push(partsOf(above + path))
      }
    },
    nameOf(path) {
      const parts = partsOf(path)
      const pattern = patterns.find((one) => fits(one, parts))
      return pattern ? withoutLocale(`/${pattern.join('/')}`) : 'unknown'
    },
  }
}

/** The three languages have the same pages. */
export const withoutLocale = (pattern: string): string => pattern.replace(/^\/(ar|he|en)(?=\/|$)/, '/:locale')

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '')

const fits = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.length === parts.length &&
  pattern.every((part, nth) => part.startsWith(':') || part === parts[nth]?.toLowerCase())
