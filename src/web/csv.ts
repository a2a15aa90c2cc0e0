/** Spreadsheets take a cell that begins so for a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/

/** One row of CSV (RFC 4180), its values as text that no spreadsheet runs. */
export const csvRow = (values: readonly string[]): string => `${values.map(cell).join(',')}\r\n`

const cell = (value: string): string => {
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
