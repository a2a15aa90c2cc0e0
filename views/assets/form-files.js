// @ts-check

const opened = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']

/**
 * Choosing several times adds up; pasting anywhere and dropping work; each file is shown and can be taken out.
 * The input itself carries the files, so that the form is sent the same way as without a script.
 * @param {HTMLFormElement} form
 */
export function startFiles(form) {
  const field = form.querySelector('[data-screenshots]')
  const input = form.querySelector('#screenshot')
  const zone = form.querySelector('[data-dropzone]')
  const list = form.querySelector('[data-chosen]')
  if (!(field instanceof HTMLElement) || !(input instanceof HTMLInputElement) || !zone) return
  if (!(list instanceof HTMLElement)) return
  zone.setAttribute('data-enhanced', '')

  /** @type {File[]} */
  let files = [...(input.files ?? [])]
  const picker = { field, input, list }
  const show = () => {
    input.files = transferOf(files).files
    list.replaceChildren(...files.map((file) => itemFor(field, file, () => takeOut(file))))
    list.hidden = files.length === 0
  }
  /** @param {Iterable<File>} more */
  const add = (more) => {
    const result = accept(picker, files, [...more])
    files = result.files
    show()
  }
  /** @param {File} file */
  const takeOut = (file) => {
    files = files.filter((other) => other !== file)
    tell(field, '[data-file-trouble]', '')
    tell(field, '[data-file-news]', words(field, 'wordsRemoved', file.name))
    show()
    input.focus()
  }
  show()
  input.addEventListener('change', () => add(input.files ?? []))
  listenForPaste(form, add)
  listenForDrop(zone, form, add)
}

/**
 * @param {{ field: HTMLElement }} picker
 * @param {File[]} files those there are
 * @param {File[]} more those that come
 */
function accept({ field }, files, more) {
  const mostFiles = Number(field.dataset.maxFiles)
  const mostBytes = Number(field.dataset.maxBytes)
  const keptFiles = field.querySelectorAll('[data-kept]:checked').length
  const room = mostFiles - keptFiles - files.length
  const news = more.filter((file) => !files.some((other) => isSame(file, other)))
  const tooLarge = news.find((file) => file.size > mostBytes)
  const fitting = news.filter((file) => file.size <= mostBytes)
  const added = fitting.slice(0, Math.max(0, room))
  const trouble = tooLarge
    ? words(field, 'wordsTooLarge', tooLarge.name)
    : fitting.length > added.length
      ? (field.dataset.wordsTooMany ?? '')
      : ''
  tell(field, '[data-file-trouble]', trouble)
  const last = added.slice(-1)[0]
  if (last)
    tell(field, '[data-file-news]', words(field, 'wordsAdded', added.map(({ name }) => name).join(', ')))
  return { files: [...files, ...added] }
}

/** @param {File} a @param {File} b */
const isSame = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

/** @param {File[]} files */
function transferOf(files) {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  return transfer
}

/**
 * @param {HTMLElement} field
 * @param {File} file
 * @param {() => void} takeOut
 */
function itemFor(field, file, takeOut) {
  const item = document.createElement('li')
  item.className = 'file'
  const name = element('span', 'file-name')
  name.append(bdi(file.name))
  const facts = element('span', 'file-facts')
  facts.append(bdi(sizeOf(file.size), 'ltr'))
  const text = element('span', 'file-words')
  text.append(name, facts)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-quiet'
  button.setAttribute('aria-label', words(field, 'wordsRemove', file.name))
  button.append(cross())
  button.addEventListener('click', takeOut)
  item.append(preview(file), text, button)
  return item
}

/** @param {File} file */
function preview(file) {
  const frame = element('span', 'file-preview')
  if (!opened.includes(file.type)) return frame
  const image = document.createElement('img')
  const url = URL.createObjectURL(file)
  image.alt = ''
  const release = () => URL.revokeObjectURL(url)
  image.addEventListener('load', release, { once: true })
  image.addEventListener('error', () => image.remove(), { once: true })
  image.src = url
  frame.append(image)
  return frame
}

const cross = () => {
  const template = document.querySelector('[data-page-template]')
  const icon = template instanceof HTMLTemplateElement && template.content.querySelector('svg')
  return icon ? icon.cloneNode(true) : document.createTextNode('×')
}

/** @param {'span' | 'li'} tag @param {string} className */
function element(tag, className) {
  const made = document.createElement(tag)
  made.className = className
  return made
}

/** @param {string} text @param {'auto' | 'ltr'} [dir] */
function bdi(text, dir = 'auto') {
  const made = document.createElement('bdi')
  made.dir = dir
  made.textContent = text
  return made
}

/** As in src/i18n/format.ts. @param {number} bytes */
function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1).replace('.0', '')} MB`
}

/**
 * The sentence with the file's name isolated (FSI ... PDI), for places that take plain text only.
 * @param {HTMLElement} field
 * @param {string} key
 * @param {string} file
 */
const words = (field, key, file) => (field.dataset[key] ?? '').replace('{file}', () => `\u2068${file}\u2069`)

/** @param {HTMLElement} field @param {string} selector @param {string} text */
function tell(field, selector, text) {
  const place = field.querySelector(selector)
  if (place) place.textContent = text
}

/**
 * @param {HTMLFormElement} form
 * @param {(files: Iterable<File>) => void} add
 */
function listenForPaste(form, add) {
  const paste = (/** @type {ClipboardEvent} */ event) => {
    if (!form.isConnected) return document.removeEventListener('paste', paste)
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    add(files.map(named))
  }
  document.addEventListener('paste', paste)
}

/** Every pasted picture is called image.png: the time tells them apart. @param {File} file */
function named(file) {
  if (file.name !== 'image.png') return file
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return new File([file], `screenshot-${time}.png`, { type: file.type, lastModified: Date.now() })
}

/**
 * A file that misses the zone must not make the browser leave the page.
 * @param {Element} zone
 * @param {HTMLFormElement} form
 * @param {(files: Iterable<File>) => void} add
 */
function listenForDrop(zone, form, add) {
  const over = (/** @type {DragEvent} */ event) => {
    if (!form.isConnected) return document.removeEventListener('dragover', over)
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    zone.classList.toggle('dropzone-over', isIn(zone, event.target))
  }
  const drop = (/** @type {DragEvent} */ event) => {
    if (!form.isConnected) return document.removeEventListener('drop', drop)
    const files = event.dataTransfer?.files ?? []
    if (files.length === 0) return
    event.preventDefault()
    zone.classList.remove('dropzone-over')
    if (isIn(zone, event.target)) add(files)
  }
  document.addEventListener('dragover', over)
  document.addEventListener('drop', drop)
  zone.addEventListener('dragleave', () => zone.classList.remove('dropzone-over'))
}

/** @param {Element} zone @param {EventTarget | null} target */
const isIn = (zone, target) => target instanceof Node && zone.contains(target)
