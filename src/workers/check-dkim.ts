import { promises as dns } from 'node:dns'
import { createReadStream } from 'node:fs'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'

/** Asks for records of a name; as `dns.promises.resolve`. */
export type Resolve = (name: string, type: string) => Promise<string[][]>

export type DkimChecker = (path: string) => Promise<string[]>

const mostMs = 8000

/**
 * The DKIM signatures (RFC 6376) of a raw mail, as Authentication-Results would have them: `dkim=pass header.d=example.org`.
 * It asks the DNS about domains that a stranger names, and so runs only where MAIL_CHECK_DKIM allows it. One that covers a
 * part of the body says nothing. Never throws: what cannot be checked is left out.
 */
export const createDkimChecker =
  (resolve: Resolve = resolveTxt): DkimChecker =>
  async (path) => {
    const given = new Promise<null>((settle) => setTimeout(settle, mostMs, null).unref())
    const checking = dkimVerify(createReadStream(path), { resolver: resolve }).catch(() => null)
    const checked = await Promise.race([checking, given])
    return (checked?.results ?? []).flatMap(({ signingDomain, status }) =>
      signingDomain && !status.underSized ? [`dkim=${status.result} header.d=${signingDomain}`] : [],
    )
  }

const resolver = new dns.Resolver({ timeout: 3000, tries: 1 })
const resolveTxt: Resolve = (name, type) =>
  type === 'TXT' ? resolver.resolveTxt(name) : Promise.reject(new Error('only TXT is asked for'))
