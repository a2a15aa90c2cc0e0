import { it } from 'vitest'
import { killReader } from '../support/kill-reader.ts'

it('P15: the reader killed at any moment over 500 mails, each is kept once, made a takedown once and answered once', () =>
  killReader({ total: 500, withPage: 180, kills: 12 }))
