import { expect, test } from 'vitest'
import { originalHeaders, safeCopyHeaders } from '../../src/evidence/serve.ts'

test('P11: a safe copy is shown with its own type, in a sandbox that may do nothing', () => {
  expect(safeCopyHeaders('image/png')).toEqual({
    'Content-Type': 'image/png',
    'Content-Disposition': 'inline',
    'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
  })
})

test('P11: an original only ever goes out as an attachment of no type', () => {
  const headers = originalHeaders('x.html')
  expect(headers['Content-Type']).toBe('application/octet-stream')
  expect(headers['Content-Disposition']).toMatch(/^attachment;/)
  expect(headers['X-Content-Type-Options']).toBe('nosniff')
})

test('a name in any script survives in the attachment header, and cannot break out of it', () => {
  expect(originalHeaders('لقطة (1)*\'".png')['Content-Disposition']).toBe(
    `attachment; filename="____ _1____.png"; filename*=UTF-8''%D9%84%D9%82%D8%B7%D8%A9%20%281%29%2A%27%22.png`,
  )
  expect(originalHeaders('a"\r\nSet-Cookie: x=1')['Content-Disposition']).not.toMatch(/[\r\n]|"a"/)
  expect(() => originalHeaders('\ud800.png')).not.toThrow()
})
