/**
 * RTL.md, rule 2, held in the page itself: runs in the browser, so it stands on its own feet.
 * Returns each text that is not isolated as it must be, with where it stands.
 */
export function findUnisolated(): string[] {
  const leftToRight: Record<string, RegExp> = {
    phone: /\+?\d[\d\s\u00a0()-]{7,}\d/,
    address: /https?:\/\/|\bwww\.|\b[a-z0-9-]+\.(?:com|org|net|example|co\.il)\b/i,
    email: /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/i,
    reference: /\bTD-[0-9A-Z]{4}-[0-9A-Z]{4}\b/,
    hash: /\b[0-9a-f]{32,}\b/i,
    size: /\d(?:\.\d+)?[\s\u00a0](?:B|kB|MB|GB)\b/,
    date: /\b\d{4}-\d{2}-\d{2}|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/,
  }
  const person = /\bQX[A-Z]{4,}\b/
  const unseen = 'script, style, template, noscript, title'
  const isolates = /[\u2066-\u2068][^\u2069]*\u2069/gu

  const faults: string[] = []
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent ?? ''
    if (!element || text.trim() === '' || element.closest(unseen)) continue
    judge(text, element)
  }
  for (const field of document.querySelectorAll('input, textarea')) {
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) judgeField(field)
  }
  for (const element of document.querySelectorAll('[alt], [title], [aria-label], [placeholder]')) {
    for (const name of ['alt', 'title', 'aria-label', 'placeholder']) {
      const value = element.getAttribute(name) ?? ''
      // Attributes hold plain text only: there the isolates of Unicode (LRI, RLI, FSI ... PDI) do it.
      const bare = value.replace(isolates, '')
      const kind = person.test(bare) ? 'person' : kindOf(bare)
      if (kind) faults.push(`${kind} bare in ${name}: "${value}" on ${where(element)}`)
    }
  }
  return faults

  function judge(whole: string, element: Element) {
    // Choices and the plain text of a letter hold no elements either; an address may have a line to itself.
    const isPlain = element.closest('option, pre') !== null
    const text = isPlain ? whole.replace(isolates, '').replace(/^https?:\/\/\S+$/gm, '') : whole
    if (person.test(text) || element.closest('bdi')?.textContent?.match(person)) {
      if (!element.closest('bdi, [dir=auto]')) faults.push(`person: "${text.trim()}" in ${where(element)}`)
      return
    }
    const kind = kindOf(text)
    if (kind && !element.closest('bdi[dir=ltr], textarea[dir=ltr]')) {
      faults.push(`${kind}: "${text.trim()}" in ${where(element)}`)
    }
  }

  function judgeField(field: HTMLInputElement | HTMLTextAreaElement) {
    if (['hidden', 'checkbox', 'radio', 'file', 'date', 'submit'].includes(field.type)) return
    const dir = field.getAttribute('dir')
    if (person.test(field.value)) {
      if (dir !== 'auto') faults.push(`person in a field without dir=auto: ${where(field)}`)
    } else if (kindOf(field.value) && dir !== 'ltr') {
      faults.push(`${kindOf(field.value)} in a field without dir=ltr: ${where(field)}`)
    } else if (['tel', 'email', 'url'].includes(field.type) && dir !== 'ltr') {
      faults.push(`a field for ${field.type} without dir=ltr: ${where(field)}`)
    }
  }

  function kindOf(text: string): string | undefined {
    return Object.keys(leftToRight).find((kind) => leftToRight[kind]?.test(text))
  }

  function where(element: Element): string {
    const path: string[] = []
    for (let up: Element | null = element; up && path.length < 4; up = up.parentElement) {
      path.unshift(
        `${up.localName}${up.id ? `#${up.id}` : ''}${up.classList.length ? `.${up.classList[0]}` : ''}`,
      )
    }
    return path.join(' > ')
  }
}

const isolated = /[\u2066-\u2068][^\u2069]*\u2069/gu
const inLetters: Record<string, RegExp> = {
  phone: /\+?\d[\d\s\u00a0()-]{7,}\d/,
  address: /https?:\/\/\S+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|example|co\.il)\b/i,
  email: /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/i,
  reference: /\bTD-[0-9A-Z]{4}-[0-9A-Z]{4}\b/,
  hash: /\b[0-9a-f]{32,}\b/i,
  size: /\d(?:\.\d+)?[\s\u00a0](?:B|kB|MB|GB)\b/,
  date: /\b\d{4}-\d{2}-\d{2}|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/,
  person: /\bQX[A-Z]{4,}\b/,
}

/** The same for plain text: each such value in isolates, or an address alone on its line. */
export function findUnisolatedInText(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    if (/^https?:\/\/\S+$/.test(line)) return []
    const bare = line.replace(isolated, '')
    const kind = Object.keys(inLetters).find((name) => inLetters[name]?.test(bare))
    return kind ? [`${kind}: "${line}"`] : []
  })
}
