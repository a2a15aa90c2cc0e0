import { expect, test } from 'vitest'
import { classifyFailure, cleanReply } from '../../src/outbox/classify.ts'

const fault = (properties: object) => Object.assign(new Error('words'), properties)
const kindOf = (properties: object, dataEnded = false) => classifyFailure(fault(properties), dataEnded).kind

test.each(['MAIL FROM', 'RCPT TO', 'DATA'])('a 5xx at %s is permanent', (command) => {
  expect(kindOf({ command, responseCode: 550, code: 'EENVELOPE' })).toBe('failed')
})

test.each(['CONN', 'EHLO', 'HELO', 'STARTTLS'])('a 5xx at %s is tried again', (command) => {
  expect(kindOf({ command, responseCode: 554, code: 'EPROTOCOL' })).toBe('retry')
})

test.each(['MAIL FROM', 'RCPT TO', 'DATA'])('a 4xx at %s is tried again', (command) => {
  expect(kindOf({ command, responseCode: 451, code: 'EENVELOPE' }, command === 'DATA')).toBe('retry')
})

test.each(['ETIMEDOUT', 'ESOCKET', 'ECONNECTION', 'EPROTOCOL', 'EDNS', 'ETLS'])(
  '%s is tried again, and leaves it uncertain after the dot',
  (code) => {
    expect(kindOf({ code, command: 'CONN' })).toBe('retry')
    expect(kindOf({ code, command: 'CONN' }, true)).toBe('uncertain')
  },
)

test('an intermediate answer after the dot leaves it uncertain', () => {
  expect(kindOf({ code: 'EMESSAGE', command: 'DATA', responseCode: 354 }, true)).toBe('uncertain')
})

test('a wrong password pauses, a server that cannot check it now does not', () => {
  expect(kindOf({ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 })).toBe('badCredentials')
  expect(kindOf({ code: 'EAUTH', command: 'API' })).toBe('badCredentials')
  expect(kindOf({ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 454 })).toBe('retry')
})

test('"authentication required" at MAIL FROM blames the channel and not the letter', () => {
  expect(kindOf({ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 530 })).toBe('badCredentials')
})

test('what is no error object is tried again', () => {
  expect(classifyFailure(undefined, false).kind).toBe('retry')
})

test('the server’s words are kept short, on one line, without control characters', () => {
  const { reply } = classifyFailure(
    fault({ response: `550 no\r\n550 \u202esuch\u0007 ${'x'.repeat(900)}` }),
    false,
  )
  expect(reply).toMatch(/^550 no 550 such x+$/)
  expect(reply).toHaveLength(500)
  expect(cleanReply('لا يوجد\u2066 صندوق\u2069')).toBe('لا يوجد صندوق')
})
