// @ts-check

/*
 * Single keys of the desk, by their place on the keyboard and not by the letter they type: they work while an Arabic
 * or Hebrew layout is on. They can be switched off in the settings (WCAG 2.2, 2.1.4); the page then lacks this script.
 */

const help = document.querySelector('dialog[data-keys-help]')
const links = () => [...document.querySelectorAll('main a.reference')].filter(isShown)

/** @type {Record<string, () => void>} */
const acts = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyO: () => press('[data-key="o"]') || current()?.click(),
  KeyA: () => press('[data-key="a"]'),
  KeyR: () => go('[data-key="r"]'),
  KeyN: () => go('[data-key="n"]'),
  KeyD: () => go('[data-key="d"]'),
  KeyU: () => press('[data-key="u"]'),
  Slash: () => go('[data-key="search"]') || location.assign('/staff/takedowns'),
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
  if (help instanceof HTMLDialogElement && help.open) return
  if (isTyping(event.target)) return
  if (event.code === 'Slash' && event.shiftKey) {
    event.preventDefault()
    openHelp()
    return
  }
  const act = event.shiftKey ? undefined : acts[event.code]
  if (!act) return
  event.preventDefault()
  act()
})

for (const button of document.querySelectorAll('button[data-keys-open]')) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false
    button.addEventListener('click', openHelp)
  }
}

function openHelp() {
  if (help instanceof HTMLDialogElement) help.showModal()
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** @param {Element} element */
function isShown(element) {
  return element instanceof HTMLElement && element.offsetParent !== null
}

function current() {
  const focused = document.activeElement
  return focused instanceof HTMLAnchorElement && focused.matches('main a.reference') ? focused : null
}

/** @param {number} step */
function move(step) {
  const all = links()
  const focused = current()
  const at = focused ? all.indexOf(focused) : -1
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)
  const link = all[next]
  if (link instanceof HTMLElement) link.focus()
}

/** @param {string} selector */
function go(selector) {
  const field = [...document.querySelectorAll(selector)].find(isShown)
  if (!(field instanceof HTMLElement)) return false
  field.focus()
  field.scrollIntoView({ block: 'center' })
  return true
}

/** @param {string} selector */
function press(selector) {
  const button = [...document.querySelectorAll(selector)].find(isShown)
  if (!(button instanceof HTMLElement)) return false
  button.click()
  return true
}
