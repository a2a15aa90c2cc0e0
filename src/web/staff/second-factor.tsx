import type { Request, RequestHandler, Response } from 'express'
import type { Sentence } from '../../../views/components/said.tsx'
import { RecoveryCodesPage } from '../../../views/staff/recovery-codes-page.tsx'
import { SecondFactorPage } from '../../../views/staff/second-factor-page.tsx'
import { removeSecondFactor } from '../../actions/remove-second-factor.ts'
import { renewRecoveryCodes } from '../../actions/renew-recovery-codes.ts'
import { setSecondFactor } from '../../actions/set-second-factor.ts'
import { useCode } from '../../actions/use-code.ts'
import { seal, unseal } from '../../lib/seal.ts'
import type { Services } from '../../services.ts'
import { browserOf } from '../../staff/browser.ts'
import { newRecoveryCodes } from '../../staff/password.ts'
import { factorUri, hasSecondFactor, newFactorSecret } from '../../staff/second-factor.ts'
import { openSession } from '../../staff/sessions.ts'
import { accountOf, setSessionCookie } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { logAccountChange, logSecurity } from '../security-log.ts'
import { deskOf } from './desk.ts'
import {
  giveBackGuess,
  noteRefusedSignIn,
  proofGuess,
  takeGuess,
  tooManyGuesses,
  tryPassword,
} from './guesses.ts'
import { sendSettings } from './settings.tsx'

interface Refusal {
  readonly fieldId: 'current' | 'code'
  readonly sentence: Sentence
}

const settings = '/staff/settings'

/** The secret goes with the form until an app has shown that it has it; then it is stored. */
const offerOf = (staffId: number) => `second factor offered to ${staffId}`

/** GET /staff/settings/second-factor */
export const showSecondFactor =
  (services: Services): RequestHandler =>
  (req, res) => {
    if (hasSecondFactor(services.db, accountOf(req).id)) return res.redirect(303, settings)
    sendSecondFactor(req, res, services, newFactorSecret())
  }

function sendSecondFactor(
  req: Request,
  res: Response,
  services: Services,
  secret: string,
  refused?: Refusal,
  status = 200,
) {
  const { id, email, locale } = accountOf(req)
  const { config, factorKey } = services
  const page = (
    <SecondFactorPage
      desk={{ ...deskOf(req, services), address: `${settings}/second-factor` }}
      email={email}
      secret={secret}
      offer={seal(factorKey, offerOf(id), secret)}
      uri={factorUri(secret, email, config.site.names[locale])}
      isRequired={config.staffSecondFactor === 'required'}
      errors={refused ? [refused] : []}
    />
  )
  sendPage(res, locale, page, status)
}

/** POST /staff/settings/second-factor: the other sessions end, and the answer shows the recovery codes, this once. */
export const createSecondFactor =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, factorKey: key, clock } = services
    const { id } = accountOf(req)
    if (hasSecondFactor(db, id)) return res.redirect(303, settings)
    const { fields } = uploadOf(req)
    const secret = unseal(key, offerOf(id), fields.offer?.[0] ?? '')
    if (secret === null) return res.redirect(303, `${settings}/second-factor`)
    const [code, recoveryCodes] = [fields.code?.[0] ?? '', newRecoveryCodes()]
    const factor = { key, secret, code, recoveryCodes, seen: browserOf(req.get('user-agent')) }
    const proof = await proven(req, res, services, () =>
      services.commit(() => setSecondFactor(db, id, factor, clock.now())),
    )
    if ('refusal' in proof) return sendSecondFactor(req, res, services, secret, proof.refusal, proof.status)
    logAccountChange(services.logger, 'second_factor_set', id, id)
    setSessionCookie(res, services, proof.taken)
    sendRecoveryCodes(req, res, services, recoveryCodes)
  }

function sendRecoveryCodes(req: Request, res: Response, services: Services, codes: readonly string[]) {
  const desk = { ...deskOf(req, services), address: settings }
  sendPage(res, accountOf(req).locale, <RecoveryCodesPage desk={desk} codes={codes} />, 201)
}

/** POST /staff/settings/second-factor/recovery-codes: the old ones open nothing any more. */
export const createRecoveryCodes =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, factorKey: key, clock } = services
    const { id } = accountOf(req)
    const proof = await proven(req, res, services, () => takeCodeOf(req, services))
    if ('refusal' in proof) return sendRefusedChange(req, res, services, proof)
    const recoveryCodes = newRecoveryCodes()
    const codes = { key, recoveryCodes }
    if (!(await services.commit(() => renewRecoveryCodes(db, id, codes, clock.now()))))
      return res.redirect(303, settings)
    logAccountChange(services.logger, 'recovery_codes_made', id, id)
    sendRecoveryCodes(req, res, services, recoveryCodes)
  }

/** POST /staff/settings/second-factor/removal: every session ends, and this browser has a new one. */
export const createSecondFactorRemoval =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, clock } = services
    const { id } = accountOf(req)
    const seen = browserOf(req.get('user-agent'))
    const proof = await proven(req, res, services, () => takeCodeOf(req, services))
    if ('refusal' in proof) return sendRefusedChange(req, res, services, proof)
    const token = await services.commit(() =>
      removeSecondFactor(db, id, clock.now(), id) ? openSession(db, id, clock.now(), seen) : null,
    )
    if (token !== null) {
      logAccountChange(services.logger, 'second_factor_removed', id, id)
      setSessionCookie(res, services, token)
    }
    res.redirect(303, `${settings}?saved=yes`)
  }

const takeCodeOf = (req: Request, { commit, db, factorKey, clock }: Services): Promise<true | null> => {
  const code = uploadOf(req).fields.code?.[0] ?? ''
  return commit(() => useCode(db, factorKey, accountOf(req).id, code, clock.now()) || null)
}

interface Refused {
  readonly refusal: Refusal
  readonly status: number
}

/** The password once more, and then the code: what the right code gave. Wrong ones are counted as at the sign-in. */
async function proven<Taken>(
  req: Request,
  res: Response,
  services: Services,
  takeCode: () => Promise<Taken | null>,
): Promise<Refused | { readonly taken: Taken }> {
  const account = accountOf(req)
  const guess = proofGuess(req, services)
  const wait = await takeGuess(guess)
  if (wait !== null) {
    void noteRefusedSignIn(services, account)
    return { refusal: { fieldId: 'current', sentence: tooManyGuesses(res, wait) }, status: 429 }
  }
  const isRight = await tryPassword(guess, account.passwordHash, uploadOf(req).fields.current?.[0] ?? '')
  const taken = isRight ? await takeCode() : null
  if (taken === null) {
    logSecurity(services.logger, 'proof_failed', { staff: account.id })
    const refusal = isRight
      ? ({ fieldId: 'code', sentence: { key: 'secondFactor.wrong' } } as const)
      : ({ fieldId: 'current', sentence: { key: 'settings.password.wrong' } } as const)
    return { refusal, status: 422 }
  }
  await giveBackGuess(guess)
  return { taken }
}

function sendRefusedChange(req: Request, res: Response, services: Services, { refusal, status }: Refused) {
  const errors = [{ fieldId: `factor-${refusal.fieldId}`, sentence: refusal.sentence }]
  sendSettings(req, res, services, { errors }, status)
}
