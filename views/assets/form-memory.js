// @ts-check

/** What was typed stays in this tab (sessionStorage) across a reload or a tab that the phone killed; never the files. */
const place = 'takedown-form'
const textFields = ['name', 'phone', 'email', 'statement']

/** @typedef {{ texts: Record<string, string>, capacity: string, pages: string[], prefilled: string, submission: string }} Kept */

/**
 * @param {HTMLFormElement} form
 * @param {import('./form-pages.js').Pages} pages
 */
export function startMemory(form, pages) {
  const prefilled = pages.values()[0] ?? ''
  const kept = recall()
  if (kept && isFresh(form)) restore(form, pages, kept, prefilled)
  const remember = () => keep(read(form, pages, prefilled))
  form.addEventListener('input', remember)
  form.addEventListener('change', remember)
}

/** After sending, nothing stays on the device. */
export function forget() {
  try {
    sessionStorage.removeItem(place)
  } catch {}
}

/** Storage may be full or forbidden: then the form simply has no memory. @param {Kept} kept */
function keep(kept) {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept))
  } catch {}
}

/** @returns {Kept | null} */
function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null')
  } catch {
    return null
  }
}

/**
 * A form that the server has filled in again knows better than this tab.
 * @param {HTMLFormElement} form
 */
const isFresh = (form) =>
  !document.querySelector('[data-error-summary], main [data-banner][role="alert"]') &&
  !form.querySelector('[data-kept]') &&
  textFields.every((name) => textOf(form, name)?.value === '')

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {HTMLInputElement | HTMLTextAreaElement | null}
 */
function textOf(form, name) {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null
}

/**
 * @param {HTMLFormElement} form
 * @param {import('./form-pages.js').Pages} pages
 * @param {string} prefilled
 * @returns {Kept}
 */
const read = (form, pages, prefilled) => ({
  texts: Object.fromEntries(textFields.map((name) => [name, textOf(form, name)?.value ?? ''])),
  capacity: String(new FormData(form).get('capacity') ?? ''),
  pages: pages.values(),
  prefilled,
  submission: textOf(form, 'submission')?.value ?? '',
})

/**
 * @param {HTMLFormElement} form
 * @param {import('./form-pages.js').Pages} pages
 * @param {Kept} kept
 * @param {string} prefilled
 */
function restore(form, pages, kept, prefilled) {
  for (const name of textFields) {
    const field = textOf(form, name)
    if (field) field.value = kept.texts?.[name] ?? ''
  }
  const choice = form.querySelector(`input[name="capacity"][value="${CSS.escape(kept.capacity ?? '')}"]`)
  if (choice instanceof HTMLInputElement) choice.checked = true
  pages.show(pagesFor(kept, prefilled))
  // The same form: if the last sending did reach the server, sending again must not make a second request.
  const submission = textOf(form, 'submission')
  if (submission && kept.submission) submission.value = kept.submission
  if (textFields.some((name) => kept.texts?.[name])) announce(form)
}

/** Files cannot be put back by a script: the reader is told. @param {HTMLFormElement} form */
function announce(form) {
  const note = document.createElement('p')
  note.className = 'banner tone-accent'
  note.setAttribute('role', 'status')
  form.prepend(note)
  note.textContent = form.dataset.wordsRestored ?? ''
}

/**
 * An address that came with the link gives way to that of a newer link; one that was typed stays.
 * @param {Kept} kept
 * @param {string} prefilled
 */
function pagesFor({ pages = [], prefilled: earlier = '' }, prefilled) {
  if (prefilled === '' || pages.includes(prefilled)) return pages
  return [prefilled, ...pages.filter((page) => page !== '' && page !== earlier)]
}
