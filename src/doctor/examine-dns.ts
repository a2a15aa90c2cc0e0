import { Resolver } from 'node:dns/promises'
import { type Finding, findingsOf } from './finding.ts'

const say = findingsOf('dns')
const timeoutMs = 3000

/** What is asked; tests answer themselves. */
export interface Dns {
  resolveMx(name: string): Promise<readonly { exchange: string }[]>
  resolveTxt(name: string): Promise<readonly (readonly string[])[]>
}

export const systemDns = (): Dns => new Resolver({ timeout: timeoutMs, tries: 1 })

/** What other mail servers look at before they believe our letters. A DNS that does not answer is no fault of ours. */
export async function examineDns(domain: string, dns: Dns): Promise<Finding[]> {
  const [mx, spf, dmarc] = await Promise.all([
    asked(dns.resolveMx(domain)),
    asked(dns.resolveTxt(domain)),
    asked(dns.resolveTxt(`_dmarc.${domain}`)),
  ])
  if (mx === 'unanswered' || spf === 'unanswered' || dmarc === 'unanswered') {
    return [say.advice(`the DNS of ${domain} could not be asked`, 'ask again where the network allows it')]
  }
  const has = (texts: readonly (readonly string[])[], beginning: string) =>
    texts.some((parts) => parts.join('').toLowerCase().startsWith(beginning))
  const findings: Finding[] = []
  if (mx.length === 0) {
    findings.push(say.advice(`${domain} has no MX: replies to our letters do not arrive`, 'add an MX record'))
  }
  if (!has(spf, 'v=spf1')) {
    findings.push(
      say.advice(
        `${domain} has no SPF: our letters look forged`,
        'add a TXT record "v=spf1 ... -all" naming your mail server',
      ),
    )
  }
  if (!has(dmarc, 'v=dmarc1')) {
    findings.push(
      say.advice(
        `${domain} has no DMARC: anybody may write in its name`,
        `add a TXT record at _dmarc.${domain}`,
      ),
    )
  }
  return findings.length > 0 ? findings : [say.ok(`${domain} has MX, SPF and DMARC`)]
}

/** Empty where the DNS says that there is none. */
async function asked<Answer>(answer: Promise<readonly Answer[]>): Promise<readonly Answer[] | 'unanswered'> {
  try {
    return await answer
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : 'unanswered'
  }
}
