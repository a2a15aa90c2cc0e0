import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acceptTerms } from '../../src/actions/accept-terms.ts'
import { addClaimantMessage } from '../../src/actions/add-claimant-message.ts'
import { carryOutAct } from '../../src/actions/carry-out-act.ts'
import type { Target } from '../../src/actions/change-takedown.ts'
import type { PageDecision } from '../../src/actions/decide-takedown.ts'
import { handOver } from '../../src/actions/hand-over.ts'
import { markSpam } from '../../src/actions/mark-spam.ts'
import { needNoAnswer } from '../../src/actions/need-no-answer.ts'
import type { OutgoingAct } from '../../src/actions/outgoing-act.ts'
import { pausePage } from '../../src/actions/pause-page.ts'
import { pendAct, previewMark } from '../../src/actions/pend-act.ts'
import { rehearseAct } from '../../src/actions/rehearse-act.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { undoAct } from '../../src/actions/undo-act.ts'
import { withdrawTakedown } from '../../src/actions/withdraw-takedown.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { Failure } from '../../src/lib/failures.ts'
import { readEvents } from '../../src/takedowns/events.ts'
import { wordingOf } from '../../src/takedowns/licence-terms.ts'
import { licencesOf } from '../../src/takedowns/licences.ts'
import { isSettled, keptGrounds, needsAcceptance, outcomes } from '../../src/takedowns/outcomes.ts'
import { dueActs, pendingActOf, undoMs } from '../../src/takedowns/pending-acts.ts'
import { isEnd } from '../../src/takedowns/statuses.ts'
import { pagesOf, readTakedownFile } from '../../src/takedowns/store.ts'
import { actions, nextStatus } from '../../src/takedowns/transitions.ts'
import { staffIdOf, takedownOf, targetOf } from '../support/claimant.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

/** Each seed is one walk; a failure names it. */
const seeds = [1, 20_190_827, 27, 0xa11ce, 424_242, 7]
const steps = 200
/** What leads on is taken more often than what ends the way. */
const oftener = [
  'wait',
  'wait',
  'wait',
  'wait',
  'settle',
  'decide',
  'decide',
  'reopen',
  'takeOn',
  'accept',
  'accept',
]

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  await app.signIn()
  await app.signIn({ email: 'other@example.org' })
})
afterAll(() => stopTestApp(app))

it.each(seeds)(
  'whatever staff and claimant do in whatever order, nothing forbidden comes about (seed %i)',
  async (seed) => {
    const walk = await setOut(seed)
    for (let step = 0; step < steps; step++) {
      const name = await walk.take()
      expectLawful(walk, `seed ${seed}, step ${step}: ${name}`)
    }
  },
)

it('and together the walks have been everywhere: every letter, every end and way back', () => {
  const kinds = app.services.db.query.outgoingMessages
    .findMany()
    .sync()
    .map(({ kind }) => kind)
  expect(kinds).toEqual(
    expect.arrayContaining(['update', 'question', 'decision', 'offer', 'reopened', 'withdrawn-receipt']),
  )
  const types = app.services.db.query.events
    .findMany()
    .sync()
    .map(({ type }) => type)
  expect(types.filter((type) => type === 'closed').length).toBeGreaterThan(10)
  expect(types).toEqual(
    expect.arrayContaining([
      'terms_accepted',
      'page_paused',
      'no_answer_needed',
      'handed_over',
      'marked_spam',
    ]),
  )
})

interface Walk {
  readonly sent: Submitted
  readonly id: number
  readonly hasEmail: boolean
  /** Texts of all letters that were on a screen before somebody sent them, or that the claimant's own act caused. */
  readonly seen: Set<string>
  readonly ofTheClaimant: Set<string>
  before: ReturnType<typeof recorded>
  /** One step at random; answers its name. */
  take(): Promise<string>
}

async function setOut(seed: number): Promise<Walk> {
  const random = randomOf(seed)
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  const locale: Locale = pick(locales)
  // A walk holds the event loop that the server and this client share: a connection that ended meanwhile is let go of first.
  await sleep(20)
  const hasEmail = random() < 0.7
  const sent = await app.submit({
    locale,
    email: hasEmail ? 'claimant@example.org' : '',
    pages: ['ashams.com/1', 'ashams.com/2'].slice(0, pick([1, 2])),
  })
  const { id } = takedownOf(app, sent)
  const original = takedownOf(app, await app.submit({ email: '' })).id
  const seen = new Set<string>()
  const ofTheClaimant = new Set<string>()
  const walk: Walk = { sent, id, hasEmail, seen, ofTheClaimant, before: recorded(id), take }
  return walk

  async function take(): Promise<string> {
    walk.before = recorded(id)
    const { db, office } = app.services
    const staffId = staffIdOf(app)
    const { now } = app.clock
    const target = (): Target => {
      const current = targetOf(app, sent)
      return random() < 0.1 ? { ...current, version: (current.version ?? 0) - 1 } : current
    }
    const pages = pagesOf(db, id)
    const steps: Record<string, () => unknown> = {
      takeOn: () => takeOnTakedown(db, target(), staffId),
      pause: () => pausePage(db, target(), pick(pages).id, staffId),
      handOver: () => handOver(db, target(), { to: staffIdOf(app, 'other@example.org'), by: staffId }),
      spam: () => random() < 0.15 && markSpam(db, target(), staffId),
      needNoAnswer: () => needNoAnswer(db, target(), staffId),
      write: () => send({ act: 'letter', message: { key: `${random()}`, body: `words ${random()}` } }),
      ask: () => send({ act: 'question', message: { key: `${random()}`, body: `question ${random()}` } }),
      decide: () => send({ act: 'decision', decisions: pages.map((page) => decision(page.id)) }),
      settle: () => send({ act: 'decision', decisions: pages.map((page) => settling(page.id)) }),
      reopen: () => send({ act: 'reopening', reason: 'because', from: now() }),
      join: () => random() < 0.3 && send({ act: 'duplicate', ofId: original }),
      undo: () => undoAct(db, id, now()),
      wait: () => letTimePass(undoMs),
      waitLong: () => letTimePass(26 * 3_600_000),
      reply: () =>
        addClaimantMessage(
          db,
          office,
          sent.reference,
          { key: `${random()}`, body: 'mine', files: [] },
          now(),
        ),
      withdraw: () =>
        random() < 0.15 && byTheClaimant(() => withdrawTakedown(db, office, sent.reference, now())),
      accept: () =>
        byTheClaimant(() => {
          const page = pick(pages)
          const terms = wordingOf(locale, page, licencesOf(db, id)) ?? ''
          return acceptTerms(db, office, sent.reference, { pageId: page.id, terms }, now())
        }),
    }
    const name = pick([...Object.keys(steps), ...oftener])
    try {
      steps[name]?.()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
    }
    return name
  }

  /** As the desk does it: seen first, then sent; now and then without having looked. */
  function send(outgoing: OutgoingAct) {
    const { db, office } = app.services
    const staffId = staffIdOf(app)
    const target = targetOf(app, sent)
    const rehearsal = rehearseAct(db, office, target, outgoing, staffId)
    expect(recorded(id), 'a preview changes nothing').toEqual(walk.before)
    if (!rehearsal.ok) return
    const isBlind = random() < 0.1
    const mark = isBlind ? 'never seen' : previewMark(outgoing, rehearsal)
    if (!isBlind && rehearsal.letter) seen.add(bytesOf(rehearsal.letter))
    const pended = pendAct(db, office, target, { outgoing, fields: {}, seen: mark, staffId })
    expect(pended.ok).toBe(!isBlind)
    expect({ ...recorded(id), pending: null }, 'what waits has changed nothing').toEqual({
      ...walk.before,
      pending: null,
    })
  }

  function letTimePass(ms: number) {
    app.clock.pass(ms)
    const { db, office } = app.services
    for (const due of dueActs(db, app.clock.now())) carryOutAct(db, office, due, app.clock.now())
  }

  /** Letters that the claimant's own act causes are nobody's to preview. */
  function byTheClaimant(act: () => unknown) {
    const known = new Set(recorded(id).letters.map(bytesOf))
    act()
    for (const letter of recorded(id).letters) {
      if (!known.has(bytesOf(letter))) ofTheClaimant.add(bytesOf(letter))
    }
  }

  function decision(pageId: number): PageDecision {
    const outcome = pick(outcomes)
    return {
      pageId,
      outcome,
      keptGround: outcome === 'kept' ? pick(keptGrounds) : null,
      reason: needsAcceptance(outcome) ? `terms ${random()}` : null,
      carriedOutAt: random() < 0.5 ? app.clock.now() : null,
    }
  }

  function settling(pageId: number): PageDecision {
    const outcome = pick(['removed', 'kept', 'not_found'] as const)
    const keptGround = outcome === 'kept' ? pick(keptGrounds) : null
    return { pageId, outcome, keptGround, reason: null, carriedOutAt: app.clock.now() }
  }
}

/** mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface RecordedLetter {
  readonly kind: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

const bytesOf = ({ subject, text, html }: Omit<RecordedLetter, 'kind'>) =>
  JSON.stringify([subject, text, html])

/** Everything that is recorded of a takedown and that its claimant could come to see. */
function recorded(id: number) {
  const { db } = app.services
  const takedown = db.query.takedowns.findFirst({ where: (table, { eq }) => eq(table.id, id) }).sync()
  if (!takedown) throw new Error('the takedown is gone')
  const letters = db.query.outgoingMessages
    .findMany({ where: (table, { eq }) => eq(table.takedownId, id), orderBy: (table) => table.id })
    .sync()
    .filter(({ dedupeKey }) => dedupeKey.endsWith(':claimant'))
    .map(
      ({ kind, subject, textBody, htmlBody }): RecordedLetter => ({
        kind,
        subject,
        text: textBody,
        html: htmlBody,
      }),
    )
  return {
    file: readTakedownFile(db, takedown),
    events: readEvents(db, id),
    letters,
    pending: pendingActOf(db, id) ?? null,
  }
}

/** What PRODUCT.md forbids, after every step. */
function expectLawful(walk: Walk, at: string) {
  const { before } = walk
  const after = recorded(walk.id)
  const { takedown, pages } = after.file
  const was = before.file.takedown
  const { status } = takedown

  if (status !== was.status || takedown.version !== was.version) {
    const reachable = actions.flatMap((action) => nextStatus(was.status, action) ?? [])
    // A decision that leaves nothing to do closes in the same act.
    const closing = reachable.includes('decided') ? ['closed'] : []
    expect([...reachable, ...closing], `${at}: ${was.status} became ${status}`).toContain(status)
    expect(takedown.version, at).toBe(was.version + 1)
  }
  expect(takedown.receivedAt, at).toBe(was.receivedAt)
  expect(after.events.slice(0, before.events.length), `${at}: history is only added to`).toEqual(
    before.events,
  )

  if (status === 'closed') expect(pages.every(isSettled), `${at}: closed with something to do`).toBe(true)
  for (const page of pages) {
    if (page.outcome === null) continue
    // New terms, or an end that is not carried out yet, leave the licence that was given as it is.
    const wasAccepted = after.events.some(
      (event) => event.type === 'terms_accepted' && event.detail.pageId === page.id,
    )
    if (page.useState === 'licensed') expect(wasAccepted, `${at}: a licence that nobody gave`).toBe(true)
    if (isSettled(page) && needsAcceptance(page.outcome)) expect(page.acceptedAt, at).not.toBeNull()
    if (page.outcome === 'kept' && isSettled(page)) expect(page.keptGround, at).not.toBeNull()
    if (isSettled(page)) expect(['live', 'paused', 'reappeared'], at).not.toContain(page.useState)
  }

  expect(takedown.waitingSince !== null, `${at}: the clock stands still exactly while it waits`).toBe(
    status === 'awaiting_claimant',
  )
  if (isEnd(status) || status === 'awaiting_claimant') expect(takedown.nextDueAt, at).toBeNull()
  else expect(takedown.nextDueAt, at).not.toBeNull()

  const count = (type: string) => after.events.filter((event) => event.type === type).length
  const lettersOf = (kind: string) => after.letters.filter((letter) => letter.kind === kind).length
  expect(lettersOf('decision'), `${at}: one decision letter for each closing`).toBe(
    walk.hasEmail ? count('closed') : 0,
  )
  expect(lettersOf('duplicate'), at).toBe(walk.hasEmail ? count('marked_duplicate') : 0)
  if (status === 'duplicate') expect(takedown.duplicateOfId, at).not.toBeNull()
  expect(lettersOf('reopened'), at).toBe(walk.hasEmail ? count('reopened') : 0)
  expect(lettersOf('question'), at).toBe(walk.hasEmail ? count('claimant_asked') : 0)
  if (status === 'closed') expect(count('closed'), at).toBeGreaterThan(0)

  for (const letter of after.letters) {
    if (letter.kind === 'receipt') continue
    const wasSeen = walk.seen.has(bytesOf(letter)) || walk.ofTheClaimant.has(bytesOf(letter))
    expect(wasSeen, `${at}: a letter (${letter.kind}) that nobody had seen`).toBe(true)
  }
}
