import { type DefaultTreeAdapterTypes, parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
export type Element = DefaultTreeAdapterTypes.Element

/** A page as a browser would have parsed it, for tests to ask. */
export interface ReadPage {
  readonly html: string
  readonly status: number
  /** All text outside scripts and templates, blanks folded. */
  readonly text: string
  all(tag: string, attributes?: Record<string, string>): Element[]
  byId(id: string): Element | undefined
  /** Values of the form's fields of that name, in order: typed, hidden, ticked or chosen. */
  values(name: string): string[]
  /** `#id` and words of each line of the error summary. */
  errors(): { at: string; words: string }[]
}

export async function readPage(answer: Response): Promise<ReadPage> {
  return { ...pageOf(await answer.text()), status: answer.status }
}

export function pageOf(html: string): ReadPage {
  const elements = elementsIn(parse(html))
  const all: ReadPage['all'] = (tag, attributes = {}) =>
    elements.filter(
      (element) =>
        element.tagName === tag &&
        Object.entries(attributes).every(([name, value]) => attributeOf(element, name) === value),
    )
  return {
    html,
    status: 0,
    text: all('body').map(textOf).join(' '),
    all,
    byId: (id) => elements.find((element) => attributeOf(element, 'id') === id),
    values: (name) => elements.flatMap((element) => fieldValues(element, name)),
    errors: () =>
      all('div', { role: 'alert' })
        .filter((element) => attributeOf(element, 'data-error-summary') !== undefined)
        .flatMap(elementsIn)
        .filter((element) => element.tagName === 'a')
        .map((link) => ({ at: attributeOf(link, 'href') ?? '', words: textOf(link) })),
  }
}

export const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value

export const textOf = (node: Node): string => rawText(node).replace(/\s+/g, ' ').trim()

function rawText(node: Node): string {
  if ('tagName' in node && ['script', 'style', 'template'].includes(node.tagName)) return ''
  if ('childNodes' in node) return node.childNodes.map(rawText).join('')
  return node.nodeName === '#text' && 'value' in node ? node.value : ''
}

/** Without what stands in a <template>: it is not on the page. */
const elementsIn = (node: Node): Element[] =>
  'childNodes' in node
    ? node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []))
    : []

function fieldValues(element: Element, name: string): string[] {
  if (attributeOf(element, 'name') !== name) return []
  if (element.tagName === 'textarea') return [element.childNodes.map(rawText).join('')]
  if (element.tagName !== 'input') return []
  const isChoice = ['checkbox', 'radio'].includes(attributeOf(element, 'type') ?? '')
  const isChosen = attributeOf(element, 'checked') !== undefined
  return isChoice && !isChosen ? [] : [attributeOf(element, 'value') ?? '']
}
