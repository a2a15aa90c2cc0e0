// @ts-check
import { startFiles } from './form-files.js'
import { forget, startMemory } from './form-memory.js'
import { startPages } from './form-pages.js'
import { startSending } from './form-send.js'

/** Everything here only adds to a form that works without it. Run again when the answer brings the form back. */
function start() {
  document.querySelector('form[data-already-sent]')?.addEventListener('submit', forget)
  const form = document.querySelector('form[data-takedown]')
  if (!(form instanceof HTMLFormElement)) return
  const pages = startPages(form)
  startMemory(form, pages)
  startFiles(form)
  startSending(form, { sent: forget, answered: start })
}

start()
