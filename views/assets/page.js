// @ts-check

/** The error summary is what the reader must hear first. */
const summary = document.querySelector('[data-error-summary]')
if (summary instanceof HTMLElement) summary.focus()
