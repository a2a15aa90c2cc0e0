// @ts-check

/**
 * @typedef {object} After
 * @property {() => void} sent the request was received
 * @property {() => void} answered the page's main part is new
 */

/**
 * Sends the form with its progress shown. Only an answer that was read changes the page; when none comes, everything
 * stays as it is. Other buttons (language, another page) are left to the browser.
 * @param {HTMLFormElement} form
 * @param {After} after
 */
export function startSending(form, after) {
  let isSending = false
  form.addEventListener('submit', (event) => {
    const button = event.submitter
    if (button instanceof HTMLButtonElement && button.value !== 'send') return
    event.preventDefault()
    if (isSending) return
    isSending = true
    send(form, after, () => {
      isSending = false
      setBusy(form, false)
    })
  })
  // Back from the next page, out of the browser's memory: the button must work again.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    isSending = false
    setBusy(form, false)
  })
}

/**
 * @param {HTMLFormElement} form
 * @param {After} after
 * @param {() => void} settle
 */
function send(form, after, settle) {
  const body = new FormData(form)
  body.set('intent', 'send')
  setBusy(form, true)
  report(form, 0)
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  request.setRequestHeader('Accept', 'text/html')
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    report(form, total > 0 ? loaded / total : 0),
  )
  request.upload.addEventListener('load', () => report(form, 1))
  request.addEventListener('load', () => read(form, request, after, settle))
  for (const failure of ['error', 'abort', 'timeout']) {
    request.addEventListener(failure, () => {
      settle()
      say(form, form.dataset.wordsLost ?? '')
    })
  }
  request.send(body)
}

/**
 * @param {HTMLFormElement} form
 * @param {XMLHttpRequest} request
 * @param {After} after
 * @param {() => void} settle
 */
function read(form, request, after, settle) {
  if (request.status < 300) {
    after.sent()
    location.replace(request.responseURL)
    return
  }
  settle()
  const answer = new DOMParser().parseFromString(request.responseText, 'text/html')
  const main = answer.querySelector('main')
  // 422 brings the form back, 409 asks: both carry everything. All else would cost what is in this form.
  if (main && [409, 422].includes(request.status)) {
    document.querySelector('main')?.replaceWith(document.adoptNode(main))
    document.title = answer.title
    after.answered()
    focusFirst(main)
    return
  }
  const said = answer.querySelector('main [data-banner] .banner-title, main h1')?.textContent ?? ''
  say(form, [said, form.dataset.wordsRefused ?? ''].filter(Boolean).join('. '))
}

/** @param {HTMLElement} main */
function focusFirst(main) {
  const summary = main.querySelector('[data-error-summary]')
  const first = summary instanceof HTMLElement ? summary : main
  first.focus()
  first.scrollIntoView({ block: 'start' })
}

/** @param {HTMLFormElement} form @param {boolean} isBusy */
function setBusy(form, isBusy) {
  const button = form.querySelector('[data-send] button')
  if (isBusy) button?.setAttribute('aria-disabled', 'true')
  else button?.removeAttribute('aria-disabled')
  form.setAttribute('aria-busy', String(isBusy))
}

/** @param {HTMLFormElement} form @param {number} share of the body that has left, 0 to 1 */
function report(form, share) {
  const percent = Math.floor(share * 100)
  const bar = form.querySelector('[data-progress] progress')
  if (bar instanceof HTMLProgressElement) bar.value = percent
  const { wordsSending = '', wordsChecking = '' } = form.dataset
  show(
    form,
    percent < 100 ? wordsSending.replace('{percent}', `\u2066${percent}%\u2069`) : wordsChecking,
    'going',
  )
}

/** @param {HTMLFormElement} form @param {string} words */
function say(form, words) {
  show(form, words, 'failed')
  form.querySelector('[data-progress]')?.scrollIntoView({ block: 'nearest' })
}

/** @param {HTMLFormElement} form @param {string} words @param {'going' | 'failed'} state */
function show(form, words, state) {
  const place = form.querySelector('[data-progress]')
  if (!(place instanceof HTMLElement)) return
  place.hidden = false
  place.dataset.state = state
  const text = place.querySelector('p')
  if (text && text.textContent !== words) text.textContent = words
}
