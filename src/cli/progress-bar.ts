const barWidth = 30

type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>

/** Draws on standard error where a person sees it; `done` is 0 to 1. */
export function showProgress(done: number, words = '', screen: Screen = process.stderr): void {
  if (!screen.isTTY) return
  const filled = Math.round(done * barWidth)
  const bar = `${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}`
  screen.write(`\r[${bar}] ${Math.floor(done * 100)} %  ${words}`)
}

export function endProgress(screen: Screen = process.stderr): void {
  if (screen.isTTY) screen.write('\n')
}
