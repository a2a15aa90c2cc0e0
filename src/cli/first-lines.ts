const most = 20

/** Of very many lines the first, and how many more there are; `--json` tells all. */
export function firstLines(lines: readonly string[]): string {
  const more = lines.length - most
  return [...lines.slice(0, most), ...(more > 0 ? [`... and ${more} more`] : [])].join('\n')
}
