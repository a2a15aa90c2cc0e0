import { it } from 'vitest'
import { killReader } from '../support/kill-reader.ts'

// `faults/mail-kill.test.ts` does it over 500.
it('P15: the reader killed at any moment over 80 mails, each is kept once, made a takedown once and answered once', () =>
  killReader({ total: 80, withPage: 30, kills: 4 }))
