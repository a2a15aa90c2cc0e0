// @ts-check

/*
 * What a page of the desk shows goes from the screen when its session is over: by time, by a sign-out in another tab or
 * from elsewhere, or because the browser brings back a page of before (ASVS 5.0, 14.3.1).
 */

const idleMs = Number(document.body.dataset.idleMs)
const leftMs = Number(document.body.dataset.leftMs)
const openedAt = Date.now()
/** When any page of the desk was last opened in this browser. */
let seenAt = openedAt

const tabs = new BroadcastChannel('desk-session')
tabs.postMessage('seen')
tabs.addEventListener('message', ({ data }) => {
  if (data === 'seen') seenAt = Date.now()
  // The server may not have heard of it yet, or cannot: not back to this page, which it might still show.
  else if (data === 'left') leaveFor('/staff/sign-in')
})
document.querySelector('form.signed-in')?.addEventListener('submit', () => tabs.postMessage('left'))

addEventListener('pageshow', ({ persisted }) => {
  if (persisted) leaveFor(here())
})
setInterval(leaveIfOver, 60_000)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && !leaveIfOver()) void leaveIfEnded()
})

function leaveIfOver() {
  const now = Date.now()
  const isOver = now - seenAt >= idleMs || now - openedAt >= leftMs
  if (isOver) leaveFor(here())
  return isOver
}

/** Ended from elsewhere: by the settings, a new password, an admin. Where the server cannot be asked, nothing is said. */
async function leaveIfEnded() {
  const answer = await fetch('/staff/session', { redirect: 'manual' }).catch(() => null)
  if (answer?.type === 'opaqueredirect') leaveFor(here())
}

/** A form that was refused stands at an address that leads to its page. */
function here() {
  return location.pathname + location.search
}

/** Emptied first: the address may not be reached. @param {string} address */
function leaveFor(address) {
  document.body.replaceChildren()
  document.title = location.host
  location.replace(address)
}
