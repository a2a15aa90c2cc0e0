import { mailboxAddress, SignInRefused, tryMailbox } from '../inbox/imap.ts'
import { counted } from '../lib/counted.ts'
import { trySmtp } from '../outbox/try-smtp.ts'
import { certificateFault } from './certificate-fault.ts'
import { type Finding, findingsOf } from './finding.ts'

const dayMs = 24 * 3_600_000
const soonMs = 14 * dayMs
const mendCertificate =
  'mend it on the mail server, or name the server as the certificate does; for an authority of your own set NODE_EXTRA_CA_CERTS'

/** Connects, checks the certificate and signs in, at the configured mail server alone; no letter is sent. */
export async function examineSmtp(smtpUrl: string, now: number): Promise<Finding[]> {
  const say = findingsOf('smtp')
  try {
    const { isEncrypted, certificateEnds } = await trySmtp(smtpUrl)
    return [
      say.ok(`signed in${isEncrypted ? ', encrypted' : ', on this machine, not encrypted'}`),
      ...endsSoon('smtp', certificateEnds, now),
    ]
  } catch (error) {
    if (codeOf(error) === 'EAUTH') {
      return [say.fault('the server refuses user or password', 'mend SMTP_URL')]
    }
    const certificate = certificateFault(error)
    if (certificate !== null) return [say.fault(certificate, mendCertificate)]
    return [say.fault(`no sign-in: ${codeOf(error)}`, 'see host, port and TLS of SMTP_URL, and the network')]
  }
}

/** The same for the mailbox, which is opened for reading alone. */
export async function examineImap(imapUrl: string, now: number): Promise<Finding[]> {
  const say = findingsOf('imap')
  try {
    const { certificateEnds } = await tryMailbox(mailboxAddress(imapUrl))
    return [say.ok('signed in, and the mailbox opens'), ...endsSoon('imap', certificateEnds, now)]
  } catch (error) {
    if (error instanceof SignInRefused) {
      return [say.fault('the server refuses user or password', 'mend IMAP_URL')]
    }
    const certificate = certificateFault(error)
    if (certificate !== null) return [say.fault(certificate, mendCertificate)]
    return [
      say.fault(
        `no mailbox: ${codeOf(error)}`,
        'see host, port, TLS and folder of IMAP_URL, and the network',
      ),
    ]
  }
}

function endsSoon(check: string, certificateEnds: number | null, now: number): Finding[] {
  if (certificateEnds === null || certificateEnds - now > soonMs) return []
  const days = Math.floor((certificateEnds - now) / dayMs)
  const what = days < 0 ? 'its certificate has ended' : `its certificate ends in ${counted(days, 'day')}`
  return [findingsOf(check).warning(what, 'tell whoever runs the mail server: letters stop with it')]
}

/** Never the server's own words, which may repeat the account. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer'
