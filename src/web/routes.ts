import { type Express, type RequestHandler, Router } from 'express'
import type { Registry } from 'prom-client'
import { locales } from '../i18n/locales.ts'
import type { Services } from '../services.ts'
import { refuseOtherMethods } from './middleware/other-methods.ts'
import { requireSetUp } from './middleware/require-set-up.ts'
import { takeRightOfWay } from './middleware/right-of-way.ts'
import { actingStaff, staffSession } from './middleware/staff-session.ts'
import { acceptUploadedForm } from './middleware/upload.ts'
import { showHealth } from './operator/show-health.ts'
import { showMetrics } from './operator/show-metrics.ts'
import { showReadiness } from './operator/show-readiness.ts'
import { createAcceptance, createMessage, createWithdrawal } from './public/claimant-acts.ts'
import { createTakedown } from './public/create-takedown.tsx'
import { limitAttempts } from './public/limit-attempts.ts'
import { showAccessibility, showPrivacy } from './public/notices.tsx'
import { showReceipt, showReceiptJson, showReceiptKeys, showVerify, verify } from './public/receipt.tsx'
import { showFile } from './public/show-file.ts'
import { showForm } from './public/show-form.ts'
import { showRoot } from './public/show-root.ts'
import { showStatus } from './public/show-status.tsx'
import { showTrack, track } from './public/track.tsx'
import type { RouteNames } from './route-names.ts'
import { createAssignment, createNoAnswer, createPause } from './staff/acts.ts'
import { createBulkPreview, createBulkSending, createBulkUndoing } from './staff/bulk.tsx'
import { mountCaseRoutes } from './staff/case-routes.ts'
import { changeLocale } from './staff/change-locale.ts'
import { createCorrection } from './staff/correction.ts'
import { createDraft } from './staff/drafts.ts'
import { exportQueue } from './staff/export-queue.ts'
import { mountInboxRoutes } from './staff/inbox-routes.ts'
import {
  createPreview,
  createSending,
  createUndoing,
  showPreview,
  showPreviewedLetter,
} from './staff/letters.tsx'
import { createDeparture, createRequeue, createResumption, settleAllHeld, showMail } from './staff/mail.tsx'
import { mountOfficeRoutes } from './staff/office-routes.ts'
import { mountReplyRoutes } from './staff/reply-routes.ts'
import { createRoyaltyChange } from './staff/royalty.ts'
import { showNow } from './staff/show-now.tsx'
import { createView, createViewName, createViewRemoval, showQueue } from './staff/show-queue.tsx'
import { showSession } from './staff/show-session.ts'
import { downloadOriginal, showEvidence, showTakedown } from './staff/show-takedown.tsx'
import { createSession, endSession, showSignIn } from './staff/sign-in.tsx'
import { showSignInCode } from './staff/sign-in-code.tsx'

/** Every URL of the product but that of the browsers' reports, which is taken before the origin is checked (app.ts). */
export function mountRoutes(app: Express, services: Services, requests: Registry, names: RouteNames): void {
  const { limits } = services.config
  const attempts = limitAttempts(services)
  const { maxUploadsAtOnce } = limits
  const { evidence } = services
  const form = acceptUploadedForm({
    maxUploadBytes: limits.maxUploadBytes,
    maxFiles: limits.maxFiles,
    slots: services.uploadSlots,
    evidence,
    onBegin: () => services.images.warm(),
  })
  // Forms of words only: no file is written for them, and uploads take no place of theirs.
  const words = acceptUploadedForm({ maxUploadBytes: 0, maxFiles: 0, maxUploadsAtOnce, evidence })

  app.get('/healthz', showHealth)
  app.get('/readyz', showReadiness(services))
  app.get('/metrics', showMetrics(services, requests))
  app.get('/.well-known/rightsdesk-receipt-keys.json', showReceiptKeys(services))

  app.get('/', showRoot(services))
  for (const locale of locales) {
    app.get(`/${locale}`, showForm(services, locale))
    app.get(
      `/${locale}/takedowns`,
      leadTo(() => `/${locale}`),
    )
    app.post(
      `/${locale}/takedowns`,
      attempts,
      form,
      takeRightOfWay(services),
      createTakedown(services, locale),
    )
    app.get(`/${locale}/track`, showTrack(services, locale))
    app.post(`/${locale}/track`, words, track(services, locale))
    app.get(`/${locale}/verify`, showVerify(services, locale))
    app.post(`/${locale}/verify`, words, verify(services, locale))
    app.get(`/${locale}/privacy`, showPrivacy(services, locale))
    app.get(`/${locale}/accessibility`, showAccessibility(services, locale))

    const takedown = `/${locale}/takedowns/:reference`
    app.get(takedown, showStatus(services, locale))
    app.get(`${takedown}/files/:file`, showFile(services, locale))
    app.get(`${takedown}/receipt`, showReceipt(services, locale))
    app.get(`${takedown}/receipt.json`, showReceiptJson(services, locale))
    app.post(`${takedown}/messages`, attempts, form, createMessage(services, locale))
    app.post(`${takedown}/withdrawal`, attempts, words, createWithdrawal(services, locale))
    app.post(`${takedown}/acceptance`, attempts, words, createAcceptance(services, locale))
    for (const act of ['messages', 'withdrawal', 'acceptance'])
      app.get(`${takedown}/${act}`, leadTo(pageAbove))
  }

  app.get('/staff/sign-in', showSignIn(services))
  app.post('/staff/sign-in', words, createSession(services))
  app.get('/staff/sign-in/code', showSignInCode(services))
  app.get(
    '/staff/sign-out',
    leadTo(() => '/staff'),
  )
  app.post('/staff/sign-out', endSession(services))
  names.learn(app.router)
  refuseOtherMethods(app.router)
  const desk = deskRoutes(services, words)
  names.learn(desk, '/staff')
  refuseOtherMethods(desk)
  app.use('/staff', desk)
}

function deskRoutes(services: Services, words: RequestHandler): Router {
  const desk = Router()
  desk.use(staffSession(services), requireSetUp(services))
  desk.get('/', showNow(services))
  desk.get('/locale', changeLocale(services))
  desk.get('/session', showSession)
  desk.get('/mail', showMail(services))
  mountInboxRoutes(desk, services, words)
  mountOfficeRoutes(desk, services, words)
  mountReplyRoutes(desk, services, words)
  mountCaseRoutes(desk, services, words)
  desk.get('/takedowns', showQueue(services))
  desk.get('/takedowns.csv', exportQueue(services))
  desk.post('/bulk', actingStaff, words, createBulkPreview(services))
  desk.post('/bulk/sending', actingStaff, words, createBulkSending(services))
  desk.post('/bulk/undoing', actingStaff, words, createBulkUndoing(services))
  desk.get(
    ['/bulk', '/bulk/sending', '/bulk/undoing', '/views'],
    leadTo(() => '/staff/takedowns'),
  )
  desk.post('/views', words, createView(services))
  desk.post('/views/:view/name', words, createViewName(services))
  desk.post('/views/:view/removal', words, createViewRemoval(services))
  desk.get('/takedowns/:reference', showTakedown(services))
  desk.get('/takedowns/:reference/files/:file', showEvidence(services))
  desk.get('/takedowns/:reference/files/:file/original', downloadOriginal(services))

  desk.post('/mail/resumption', actingStaff, createResumption(services))
  desk.post('/mail/departures', actingStaff, settleAllHeld(services, 'gone'))
  desk.post('/mail/requeues', actingStaff, settleAllHeld(services, 'again'))
  desk.post('/mail/:letter/departure', actingStaff, createDeparture(services))
  desk.post('/mail/:letter/requeue', actingStaff, words, createRequeue(services))
  desk.post('/takedowns/:reference/assignment', actingStaff, words, createAssignment(services))
  desk.post('/takedowns/:reference/no-answer', actingStaff, words, createNoAnswer(services))
  desk.post('/takedowns/:reference/royalty', actingStaff, words, createRoyaltyChange(services))
  desk.post('/takedowns/:reference/correction', actingStaff, words, createCorrection(services))
  desk.post('/takedowns/:reference/pause', actingStaff, words, createPause(services))
  desk.get('/takedowns/:reference/preview/:form', actingStaff, showPreview(services))
  desk.get('/takedowns/:reference/preview/:form/letter', actingStaff, showPreviewedLetter(services))
  desk.post('/takedowns/:reference/decision', actingStaff, words, createPreview(services, 'decision'))
  desk.post('/takedowns/:reference/messages', actingStaff, words, createPreview(services, 'letter'))
  desk.post('/takedowns/:reference/reopening', actingStaff, words, createPreview(services, 'reopening'))
  desk.post('/takedowns/:reference/drafts', actingStaff, words, createDraft(services))
  desk.post('/takedowns/:reference/sending', actingStaff, words, createSending(services))
  desk.post('/takedowns/:reference/undoing', actingStaff, words, createUndoing(services))
  for (const act of [
    'assignment',
    'no-answer',
    'royalty',
    'pause',
    'correction',
    'decision',
    'messages',
    'reopening',
    'drafts',
    'sending',
    'undoing',
  ]) {
    desk.get(`/takedowns/:reference/${act}`, leadTo(pageAbove))
  }
  return desk
}

/**
 * A form that was refused stands at the address it was sent to. Whoever comes there again without sending (a reload, a
 * kept tab) is led to the page that the form is on.
 */
const leadTo =
  (addressOf: (path: string) => string): RequestHandler =>
  (req, res) =>
    res.redirect(303, addressOf(req.baseUrl + req.path))

const pageAbove = (path: string): string => path.replace(/\/[^/]+\/?$/, '')
