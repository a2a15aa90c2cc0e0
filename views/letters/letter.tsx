import { renderToString } from 'preact-render-to-string'
import { directionOf, type Locale } from '../../src/i18n/locales.ts'
import { isolate, isolateFileName, isolateLtr } from '../../src/lib/bidi.ts'
import { FileName } from '../components/file-name.tsx'
import { Prose } from '../components/prose.tsx'

/** A composed mail, rendered once: what stands in the outbox is what leaves. */
export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** How a value is kept from reordering its surroundings: `ltr` for phones, addresses, hashes; `person` for strangers' text. */
export type Value =
  | { as: 'plain' | 'ltr' | 'person' | 'fileName'; text: string }
  /** Something of ours by its left-to-right name, with its address. */
  | { as: 'link'; text: string; url: string }
export type Row = { label: string; values: readonly Value[] }

/** A letter is a list of these; plain text and HTML are two renderings of the same list. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'quiet'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'rows'; rows: readonly Row[] }
  | { kind: 'quote'; text: string }
  | { kind: 'link'; label: string; url: string }

export const plain = (text: string): Value => ({ as: 'plain', text })
export const ltr = (text: string): Value => ({ as: 'ltr', text })
export const fileName = (text: string): Value => ({ as: 'fileName', text })
export const person = (text: string): Value => ({ as: 'person', text })

export const link = (text: string, url: string): Value => ({ as: 'link', text, url })

export interface LetterContent {
  locale: Locale
  subject: string
  greeting: { before: string; name: string | null; after: string }
  blocks: readonly (Block | null)[]
  signature: string
}

export function renderLetter(content: LetterContent): Letter {
  const blocks = content.blocks.filter((block) => block !== null)
  return {
    subject: content.subject,
    text: textOf({ ...content, blocks }),
    html: `<!doctype html>${renderToString(<HtmlLetter {...content} blocks={blocks} />)}`,
  }
}

type Rendered = Omit<LetterContent, 'blocks'> & { blocks: readonly Block[] }

// --- plain text -----------------------------------------------------------------------------------------------

function textOf({ greeting, blocks, signature }: Rendered): string {
  const hello = greeting.name === null ? [] : [`${greeting.before}${isolate(greeting.name)}${greeting.after}`]
  return `${[...hello, ...blocks.map(blockText), signature].join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'quiet':
      return block.text
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(block.text.length, 60))}`
    case 'rows':
      return block.rows.map(rowText).join('\n\n')
    case 'quote':
      return linesOf(block.text)
        .map((line) => `> ${isolate(line)}`)
        .join('\n')
    case 'link':
      return `${block.label}:\n${block.url}`
  }
}

/** The value stands on a line of its own, so that no mail program can reorder it into its label. */
const rowText = (row: Row) => `${row.label}:\n${row.values.map(valueText).join('\n')}`

function valueText(value: Value): string {
  if (value.as === 'link') return `${isolateLtr(value.text)}\n${value.url}`
  if (value.as === 'ltr') return isolateLtr(value.text)
  if (value.as === 'fileName') return isolateFileName(value.text)
  return value.as === 'person' ? linesOf(value.text).map(isolate).join('\n') : value.text
}

/** An isolate ends with its line (UAX #9, BD9): each line has its own. */
const linesOf = (text: string) => text.split(/\r\n|\r|\n/)

// --- HTML -----------------------------------------------------------------------------------------------------
// Mail programs drop <style> and the attributes of <html>: direction and alignment stand inline on an inner block.

const ink = '#1f2933'
const quietInk = '#52606d'
const line = '#d9d6cf'

function HtmlLetter({ locale, subject, greeting, blocks, signature }: Rendered) {
  const dir = directionOf(locale)
  const side = dir === 'rtl' ? 'right' : 'left'
  const size = locale === 'ar' ? '17px' : '16px'
  const font = "'IBM Plex Sans Arabic', 'IBM Plex Sans Hebrew', 'Segoe UI', Tahoma, Arial, sans-serif"
  return (
    <html lang={locale} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{subject}</title>
      </head>
      <body style="margin:0;padding:0;background:#f6f5f1">
        <div
          lang={locale}
          dir={dir}
          style={`direction:${dir};text-align:${side};max-width:600px;margin:0 auto;padding:24px 20px;background:#ffffff;color:${ink};font-family:${font};font-size:${size};line-height:1.65`}
        >
          {greeting.name !== null && (
            <p style="margin:0 0 16px">
              {greeting.before}
              <bdi>{greeting.name}</bdi>
              {greeting.after}
            </p>
          )}
          {blocks.map((block, index) => (
            <HtmlBlock key={index} block={block} side={side} />
          ))}
          <p style={`margin:28px 0 0;padding-top:14px;border-top:1px solid ${line};color:${quietInk}`}>
            {signature}
          </p>
        </div>
      </body>
    </html>
  )
}

function HtmlBlock({ block, side }: { block: Block; side: 'left' | 'right' }) {
  switch (block.kind) {
    case 'paragraph':
      return <p style="margin:0 0 16px">{block.text}</p>
    case 'quiet':
      return <p style={`margin:0 0 16px;color:${quietInk};font-size:90%`}>{block.text}</p>
    case 'heading':
      return <h2 style="margin:28px 0 10px;font-size:115%">{block.text}</h2>
    case 'rows':
      return (
        <div style={`margin:0 0 16px;border-top:1px solid ${line}`}>
          {block.rows.map((row, index) => (
            <HtmlRow key={index} row={row} />
          ))}
        </div>
      )
    case 'quote':
      return (
        <blockquote
          dir="auto"
          style={`margin:0 0 16px;padding:10px 14px;border-${side}:3px solid #0b6b62;background:#f6f5f1;white-space:pre-wrap`}
        >
          <Prose>{block.text}</Prose>
        </blockquote>
      )
    case 'link':
      return <HtmlLink label={block.label} url={block.url} />
  }
}

const HtmlRow = ({ row }: { row: Row }) => (
  <div style={`padding:8px 0;border-bottom:1px solid ${line}`}>
    <div style={`color:${quietInk};font-size:88%`}>{row.label}</div>
    {row.values.map((value, index) => (
      <div key={index} style="overflow-wrap:anywhere;white-space:pre-wrap">
        {value.as === 'plain' && value.text}
        {value.as === 'person' && <bdi>{value.text}</bdi>}
        {value.as === 'fileName' && <FileName>{value.text}</FileName>}
        {value.as === 'ltr' && <bdi dir="ltr">{value.text}</bdi>}
        {value.as === 'link' && (
          <a href={value.url} style="color:#0b6b62">
            <bdi dir="ltr">{value.text}</bdi>
          </a>
        )}
      </div>
    ))}
  </div>
)

/** The address also stands in full, for who does not trust a button or prints the letter. */
const HtmlLink = ({ label, url }: { label: string; url: string }) => (
  <div style="margin:20px 0">
    <a
      href={url}
      style="display:inline-block;padding:12px 20px;border-radius:6px;background:#0b6b62;color:#ffffff;text-decoration:none;font-weight:600"
    >
      {label}
    </a>
    <div style={`margin-top:8px;font-size:85%;color:${quietInk};overflow-wrap:anywhere`}>
      <bdi dir="ltr">{url}</bdi>
    </div>
  </div>
)
