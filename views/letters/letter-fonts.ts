import { assetUrl } from '../asset-urls.ts'

const fonts = [
  ['IBM Plex Sans Arabic', 400, 'ibm-plex-sans-arabic-arabic-400-normal.woff2'],
  ['IBM Plex Sans Hebrew', 400, 'ibm-plex-sans-hebrew-hebrew-400-normal.woff2'],
] as const

/**
 * The letter's HTML with the fonts that it names first, for a preview: a mail program takes those of its device,
 * and a desk whose device has none for the claimant's script must be able to read the letter all the same.
 */
export const withLetterFonts = (html: string): string => html.replace('</head>', () => `${faces()}</head>`)

const faces = () =>
  `<style>${fonts
    .map(
      ([family, weight, file]) =>
        `@font-face{font-family:'${family}';font-weight:${weight};src:url('${assetUrl(file)}') format('woff2')}`,
    )
    .join('')}</style>`
