import { expect, it } from 'vitest'
import { certificateFault } from '../../src/doctor/certificate-fault.ts'
import { examineImap, examineSmtp } from '../../src/doctor/examine-servers.ts'
import { trySmtp } from '../../src/outbox/try-smtp.ts'
import { startMailServer, startScriptedServer } from '../outbox/rig.ts'
import { imapServer } from '../support/imap-server.ts'

const day = 24 * 3_600_000

/** Its certificate is one that nobody signed but itself. */
const startTlsServer = () => startMailServer({ secure: true, disabledCommands: ['AUTH'] })

it('a certificate that ends within two weeks is a warning, with the days that are left', async () => {
  const { port } = await startTlsServer()
  const url = `smtps://127.0.0.1:${port}`
  const { certificateEnds, isEncrypted } = await trySmtp(url)
  expect(isEncrypted).toBe(true)
  const ends = certificateEnds ?? 0
  expect(await examineSmtp(url, ends - 15 * day)).toMatchObject([
    { level: 'ok', what: 'signed in, encrypted' },
  ])
  expect(await examineSmtp(url, ends - 5.5 * day)).toMatchObject([
    { level: 'ok' },
    { level: 'warning', what: 'its certificate ends in 5 days' },
  ])
  // Here, where nobody checks it, the sign-in goes through all the same.
  expect(await examineSmtp(url, ends + day)).toMatchObject([
    { level: 'ok' },
    { level: 'warning', what: 'its certificate has ended' },
  ])
})

it('a certificate that nobody vouches for is a fault, except on this very machine', async () => {
  const { port, taken } = await startTlsServer()
  // An address that leads to this machine and is not known to.
  const [finding] = await examineSmtp(`smtps://0.0.0.0:${port}`, Date.now())
  expect(finding).toMatchObject({ level: 'fault', what: expect.stringMatching(/certificate/) })
  expect(taken).toEqual([])
})

it.each([
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'its certificate has ended'],
  ['ESOCKET', 'certificate has expired', 'its certificate has ended'],
  ['ESOCKET', "Hostname/IP does not match certificate's altnames: x", 'its certificate is for another name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', '', 'nobody that Node trusts vouches for its certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', '', 'nobody that Node trusts vouches for its certificate'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', null],
])('%s (%s) is told as: %s', (code, message, words) => {
  expect(certificateFault(Object.assign(new Error(message), { code }))).toBe(words)
})

it('a server that speaks no TLS where it must is a fault', async () => {
  const { port } = await startMailServer()
  const [finding] = await examineSmtp(`smtp://0.0.0.0:${port}`, Date.now())
  expect(finding).toMatchObject({ level: 'fault', what: 'no sign-in: ETLS' })
})

it('wrong passwords are faults that name neither account nor password', async () => {
  const smtp = await startScriptedServer({ EHLO: '250-ready\r\n250 AUTH PLAIN', AUTH: '535 no, office' })
  const host = new URL(smtp.url).host
  const mailbox = await imapServer()
  const wrong = mailbox.url.replace('secret', 'a-wrong-one')
  const findings = [
    ...(await examineSmtp(`smtp://office:a-wrong-one@${host}`, Date.now())),
    ...(await examineImap(wrong, Date.now())),
  ]
  expect(findings).toMatchObject([
    { check: 'smtp', level: 'fault', what: 'the server refuses user or password', do: 'mend SMTP_URL' },
    { check: 'imap', level: 'fault', what: 'the server refuses user or password', do: 'mend IMAP_URL' },
  ])
  expect(JSON.stringify(findings)).not.toMatch(/office|a-wrong-one/)
})

it('a server that hangs up, and a folder that is not there, are faults', async () => {
  const { url } = await startScriptedServer({ greeting: 'drop' })
  expect(await examineSmtp(url, Date.now())).toMatchObject([{ level: 'fault' }])
  const mailbox = await imapServer()
  expect(await examineImap(mailbox.url.replace('INBOX', 'Nowhere'), Date.now())).toMatchObject([
    { level: 'fault', what: expect.stringContaining('no mailbox') },
  ])
})
