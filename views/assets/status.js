// @ts-check

/** Buttons that need a script are hidden until it runs. */
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (button instanceof HTMLButtonElement && navigator.clipboard) {
    button.hidden = false
    button.addEventListener('click', () => copy(button))
  }
}

for (const button of document.querySelectorAll('button[data-print]')) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const { copy: text = '', wordsCopied = '' } = button.dataset
  const words = button.textContent
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    selectSource()
    return
  }
  button.textContent = wordsCopied
  const result = document.querySelector('[data-copy-result]')
  if (result) result.textContent = wordsCopied
  setTimeout(() => {
    button.textContent = words
  }, 2500)
}

/** Where the clipboard is closed to us, the link is at least selected. */
function selectSource() {
  const source = document.querySelector('[data-copy-source]')
  if (source) window.getSelection()?.selectAllChildren(source)
}
