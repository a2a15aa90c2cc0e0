// @ts-check

/** Who else has this takedown open, asked for while the page is looked at; and that it changed since. */
const askEveryMs = 20_000

const presence = document.querySelector('[data-presence]')
if (presence instanceof HTMLElement) {
  setInterval(() => {
    if (document.visibilityState === 'visible') ask(presence)
  }, askEveryMs)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') ask(presence)
  })
}

/** @param {HTMLElement} place */
async function ask(place) {
  try {
    const answer = await fetch(place.dataset.presence ?? '', {
      headers: { accept: 'application/json' },
      redirect: 'error',
    })
    if (!answer.ok) return
    const { version, words } = await answer.json()
    const shown = place.querySelector('[data-presence-words]')
    if (shown && shown.textContent !== words) shown.textContent = words
    const changed = place.querySelector('[data-changed]')
    if (changed instanceof HTMLElement) changed.hidden = String(version) === place.dataset.version
  } catch {
    // The next time will tell.
  }
}

/* A picture opens over the page and not in place of it; without <dialog> the link does what links do. */
const zoom = document.querySelector('dialog[data-zoom]')
const frame = zoom?.querySelector('[data-zoom-picture]')

if (zoom instanceof HTMLDialogElement && frame instanceof HTMLElement) {
  for (const link of document.querySelectorAll('a[data-zooms]')) {
    link.addEventListener('click', (event) => {
      if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return
      const small = link.querySelector('img')
      if (!(link instanceof HTMLAnchorElement) || !small) return
      event.preventDefault()
      const picture = new Image()
      picture.src = link.href
      picture.alt = small.alt
      frame.querySelector('[data-zoom-frame]')?.replaceChildren(picture)
      frame.classList.remove('zoomed')
      zoom.showModal()
    })
  }
  frame.addEventListener('click', () => frame.classList.toggle('zoomed'))
  zoom.addEventListener('click', (event) => {
    if (event.target === zoom) zoom.close()
  })
}

/* The page that is made to be printed asks for it; the browser's own command does the same. */
if (document.querySelector('[data-print]')) addEventListener('load', () => print())
