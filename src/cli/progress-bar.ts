const barWidth = 30

/** Draws on standard error where a person sees it; `done` is 0 to 1. */
export function showProgress(done: number, words = ''): void {
  if (!process.stderr.isTTY) return
  const filled = Math.round(done * barWidth)
  const bar = `${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}`
  process.stderr.write(`\r[${bar}] ${Math.floor(done * 100)} %  ${words}`)
}

export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\n')
}
