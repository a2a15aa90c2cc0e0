// @ts-check

/** What is typed in a form with `data-draft` is kept on the server; acts that are about to go out count down. */
const saveAfterMs = 2500

for (const form of document.querySelectorAll('form[data-draft]')) {
  if (form instanceof HTMLFormElement) keepWhileTyping(form)
}
for (const pending of document.querySelectorAll('[data-pending]')) {
  if (pending instanceof HTMLElement) countDown(pending)
}

/** @param {HTMLFormElement} form */
function keepWhileTyping(form) {
  const button = form.querySelector('button[formaction$="/drafts"]')
  const address = button?.getAttribute('formaction')
  if (!address) return
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let isDirty = false

  async function save() {
    clearTimeout(timer)
    if (!isDirty || !address) return
    isDirty = false
    say(form, (await post(form, address)) ? 'wordsKept' : 'wordsNotKept')
  }

  form.addEventListener('input', () => {
    isDirty = true
    clearTimeout(timer)
    timer = setTimeout(save, saveAfterMs)
  })
  form.addEventListener('submit', () => {
    isDirty = false
    clearTimeout(timer)
  })
  // A phone may never wake this page again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
  })
  addEventListener('pagehide', save)
}

/**
 * @param {HTMLFormElement} form
 * @param {string} address
 */
async function post(form, address) {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) body.append(name, String(value))
  try {
    const answer = await fetch(address, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
      keepalive: true,
      redirect: 'manual',
    })
    return answer.status === 204
  } catch {
    return false
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {'wordsKept' | 'wordsNotKept'} words
 */
function say(form, words) {
  const state = form.querySelector('[data-draft-state]')
  if (state instanceof HTMLElement) state.textContent = state.dataset[words] ?? ''
}

/** By this page's own clock, from the seconds that the server told. @param {HTMLElement} pending */
function countDown(pending) {
  const shown = pending.querySelector('[data-countdown]')
  if (!shown) return
  const endsAt = performance.now() + Number(shown.textContent) * 1000
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))
    shown.textContent = String(left)
    if (left > 0) return
    clearInterval(timer)
    pending.querySelector('form')?.remove()
    const words = pending.querySelector('[role="timer"]')
    if (words) words.textContent = pending.dataset.wordsNow ?? ''
  }, 250)
}
