// @ts-check

/**
 * @typedef {object} Pages
 * @property {() => string[]} values what stands in the inputs
 * @property {(values: string[]) => void} show puts these in, with as many inputs as they need
 */

/**
 * Adds and removes page addresses without asking the server.
 * @param {HTMLFormElement} form
 * @returns {Pages}
 */
export function startPages(form) {
  const list = form.querySelector('[data-page-list]')
  const template = form.querySelector('[data-page-template]')
  if (!list || !(template instanceof HTMLTemplateElement)) return { values: () => [], show: () => {} }

  for (const row of rowsOf(list)) if (row !== list.firstElementChild) makeRemovable(row, template)
  number(list)

  form.querySelector('[data-add-page]')?.addEventListener('click', (event) => {
    event.preventDefault()
    inputOf(add(list, template))?.focus()
  })
  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-remove-page]') : null
    if (button) remove(list, button.closest('[data-page]'))
  })
  return {
    values: () => rowsOf(list).map((row) => inputOf(row)?.value ?? ''),
    show: (values) => {
      while (rowsOf(list).length < values.length) add(list, template)
      for (const [index, row] of rowsOf(list).entries()) {
        const input = inputOf(row)
        if (input) input.value = values[index] ?? ''
      }
    },
  }
}

/** @param {Element} list @returns {Element[]} */
const rowsOf = (list) => [...list.querySelectorAll('[data-page]')]

/** @param {Element} row */
const inputOf = (row) => row.querySelector('input')

/** @param {Element} list @param {HTMLTemplateElement} template @returns {Element} */
function add(list, template) {
  list.append(template.content.cloneNode(true))
  number(list)
  return rowsOf(list).slice(-1)[0] ?? list
}

/** @param {Element} list @param {Element | null} row */
function remove(list, row) {
  if (!row) return
  const before = row.previousElementSibling
  row.remove()
  number(list)
  if (before) inputOf(before)?.focus()
  list.dispatchEvent(new Event('input', { bubbles: true }))
}

/**
 * A row that the server made has no button to remove it.
 * @param {Element} row
 * @param {HTMLTemplateElement} template
 */
function makeRemovable(row, template) {
  const input = inputOf(row)
  const button = template.content.querySelector('[data-remove-page]')
  if (!input || !button || row.querySelector('[data-remove-page]')) return
  const control = document.createElement('div')
  control.className = 'page-control'
  input.replaceWith(control)
  control.append(input, button.cloneNode(true))
}

/**
 * Ids and words follow the order in which the rows stand.
 * @param {Element} list
 */
function number(list) {
  const template = list.parentElement?.querySelector('[data-page-template]')
  if (!(template instanceof HTMLTemplateElement)) return
  const label = template.content.querySelector('label')?.textContent ?? ''
  const remove = template.content.querySelector('[data-remove-page]')?.getAttribute('aria-label') ?? ''
  for (const [index, row] of rowsOf(list).entries()) {
    const input = inputOf(row)
    if (index === 0 || !input) continue
    input.id = `page-${index}`
    const place = String(index + 1)
    const rowLabel = row.querySelector('label')
    if (rowLabel) {
      rowLabel.htmlFor = input.id
      rowLabel.textContent = label.replace('{number}', place)
    }
    row.querySelector('[data-remove-page]')?.setAttribute('aria-label', remove.replace('{number}', place))
  }
}
