import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { incomingMessages, outgoingMessages } from '../../src/db/schema.ts'
import { examineInbox, examineOutbox } from '../../src/doctor/examine-mail.ts'
import { pauseChannel } from '../../src/outbox/channel-pause.ts'
import { heldByRestore } from '../../src/outbox/held.ts'
import { enqueue, noon, openTestDatabase } from '../outbox/rig.ts'

const hour = 3_600_000

function letterThatIs(values: Partial<typeof outgoingMessages.$inferInsert>) {
  const db = openTestDatabase()
  const { messageId } = enqueue(db)
  db.update(outgoingMessages).set(values).where(eq(outgoingMessages.messageId, messageId)).run()
  return db
}

it('says that nothing is stuck where nothing is', () => {
  const db = letterThatIs({ state: 'submitted', submittedAt: noon })
  expect(examineOutbox(db, noon + 48 * hour)).toMatchObject([
    { check: 'outbox', level: 'ok', what: '1 letter has gone, none is stuck' },
  ])
})

it.each([
  ['failed', { state: 'failed', lastReply: '550 no' }, 'warning', '1 letter failed'],
  ['held', { state: 'failed', lastReply: heldByRestore }, 'warning', '1 letter is held since a restore'],
  ['uncertain', { state: 'uncertain' }, 'advice', '1 letter may have been taken'],
] as const)('a letter that is %s is told once, with what to do', (_state, values, level, what) => {
  const findings = examineOutbox(letterThatIs(values), noon)
  expect(findings).toMatchObject([{ level, what: expect.stringContaining(what) }])
  expect(findings[0]?.do).not.toBe('')
})

it('a letter that has been due for more than an hour is a fault', () => {
  const db = letterThatIs({ state: 'queued' })
  expect(examineOutbox(db, noon + hour - 1)).toMatchObject([{ level: 'ok' }])
  expect(examineOutbox(db, noon + 2 * hour)).toMatchObject([
    { level: 'fault', what: 'a letter has been due for 2 hours' },
  ])
})

it('a way out that is closed because of the password is a fault', () => {
  const db = openTestDatabase()
  pauseChannel(db, '535 no', noon)
  expect(examineOutbox(db, noon)).toMatchObject([
    { level: 'fault', what: expect.stringContaining('refused the sign-in') },
  ])
})

function mailThatIs(standing: (typeof incomingMessages.$inferInsert)['standing']) {
  const db = openTestDatabase()
  const values = { sha256: 'a'.repeat(64), bytes: 10, door: 'imap', takenInAt: noon, keptAt: noon } as const
  db.insert(incomingMessages)
    .values({ ...values, standing })
    .run()
  return db
}

it('mail that nobody has read for more than an hour is a fault', () => {
  const db = mailThatIs('kept')
  expect(examineInbox(db, noon + hour - 1)).toMatchObject([{ level: 'ok' }])
  expect(examineInbox(db, noon + 3 * hour)).toMatchObject([
    { level: 'fault', what: '1 mail is kept and not read, the oldest since 3 hours' },
  ])
})

it.each(['unreadable', 'unmatched'] as const)('%s mail waits for staff: advice', (standing) => {
  expect(examineInbox(mailThatIs(standing), noon)).toMatchObject([
    { level: 'advice', what: expect.stringContaining('1 mail waits for staff') },
  ])
})
