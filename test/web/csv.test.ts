import { expect, it } from 'vitest'
import { csvRow } from '../../src/web/csv.ts'

it('P10: a row holds its values and nothing that a spreadsheet runs', () => {
  expect(csvRow(['plain', 'with, comma', 'with "quotes"', 'two\nlines', ''])).toBe(
    'plain,"with, comma","with ""quotes""","two\nlines",\r\n',
  )
  for (const start of ['=', '+', '-', '@', '\t', '\r']) {
    expect(csvRow([`${start}cmd|' /C calc'!A0`])).toContain(`'${start}cmd`)
  }
})
