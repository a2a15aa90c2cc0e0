import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { mailboxAddress, openMailbox } from '../../src/inbox/imap.ts'
import { imapServer } from '../support/imap-server.ts'
import { mailOf } from '../support/mail.ts'

it('waits for mail as often as it likes, and leaves nothing behind that listens', async () => {
  const server = await imapServer()
  const mailbox = await openMailbox(mailboxAddress(server.url))
  onTestFinished(() => mailbox.close())
  const warnings: string[] = []
  const hear = (warning: Error) => void warnings.push(warning.name)
  process.on('warning', hear)
  onTestFinished(() => void process.off('warning', hear))
  for (let waits = 0; waits < 15; waits++) await mailbox.waitForMail(5, new AbortController().signal)
  await sleep(10)
  expect(warnings).toEqual([])

  setTimeout(async () => server.append(await mailOf()), 50)
  const begun = performance.now()
  await mailbox.waitForMail(20_000, new AbortController().signal)
  expect(performance.now() - begun).toBeLessThan(10_000)

  const stopping = new AbortController()
  setTimeout(() => stopping.abort(), 50)
  await mailbox.waitForMail(60_000, stopping.signal)

  setTimeout(() => server.cutAll(), 50)
  await expect(mailbox.waitForMail(60_000, new AbortController().signal)).rejects.toThrow()
})
