import { createElement, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Locale } from '../src/i18n/locales.ts'
import { SpeechContext, speechOf } from './words.tsx'

/** The whole HTML document of a page whose outermost element is a `Layout`. HTML has no NUL, not even escaped. */
export const renderPage = (page: VNode, locale: Locale): string =>
  `<!doctype html>${renderToString(createElement(SpeechContext.Provider, { value: speechOf(locale), children: page }))}`.replaceAll(
    '\0',
    '',
  )
