import { HOTP, Secret } from 'otpauth'

/**
 * What an authenticator app shows at `now` (milliseconds). Not by the class that the code under test uses: RFC 6238 is
 * RFC 4226 over the number of the step.
 */
export const codeOfApp = (secret: string, now: number): string =>
  HOTP.generate({
    secret: Secret.fromBase32(secret.replaceAll(' ', '')),
    counter: Math.floor(now / 30_000),
    algorithm: 'SHA1',
  })
