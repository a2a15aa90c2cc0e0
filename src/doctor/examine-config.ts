import { type Finding, findingsOf } from './finding.ts'

export interface Settings {
  readonly baseUrl: string | null
  readonly smtpUrl: string | null
  readonly imapUrl: string | null
  readonly trustProxy: string | number | boolean
}

/** It was understood, or nothing would run; this is what is understood and hardly meant for people outside. */
export function examineConfig({ baseUrl, smtpUrl, imapUrl, trustProxy }: Settings): Finding[] {
  const say = findingsOf('configuration')
  const findings: Finding[] = []
  if (baseUrl === null || !baseUrl.startsWith('https://')) {
    findings.push(
      say.advice(
        `links in letters begin with ${baseUrl ?? 'the address it listens on'}`,
        'set BASE_URL to the https:// address that people see',
      ),
    )
  } else if (trustProxy === false) {
    findings.push(
      say.advice(
        'behind a proxy all clients look like one, and share one limit',
        'set TRUST_PROXY, 1 behind one proxy',
      ),
    )
  }
  if (smtpUrl === null) {
    findings.push(say.warning('no mail leaves: letters are written to files', 'set SMTP_URL'))
  }
  if (imapUrl === null) {
    findings.push(say.advice('mail to the info address is not read', 'set IMAP_URL, or use `inbox file`'))
  }
  return findings.length > 0 ? findings : [say.ok('understood')]
}
