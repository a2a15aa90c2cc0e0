/** OpenSSL's names and Node's words: nodemailer keeps the words alone. */
const faults: readonly (readonly [RegExp, string])[] = [
  [/CERT_HAS_EXPIRED|certificate has expired/i, 'its certificate has ended'],
  [/ALTNAME_INVALID|does not match certificate/i, 'its certificate is for another name'],
  [/CERT_NOT_YET_VALID|not yet valid/i, 'its certificate begins later than now'],
  [
    /SELF_SIGNED|self.signed|UNABLE_TO_|unable to (get|verify)/i,
    'nobody that Node trusts vouches for its certificate',
  ],
]

/** What is wrong with the certificate of a server, when it is that; null where a connection failed for another reason. */
export function certificateFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? `${error.code}` : ''
  return faults.find(([pattern]) => pattern.test(`${code} ${error.message}`))?.[1] ?? null
}
