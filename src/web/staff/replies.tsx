import type { Request, RequestHandler, Response } from 'express'
import type { SummaryError } from '../../../views/components/error-summary.tsx'
import { RepliesPage } from '../../../views/staff/replies-page.tsx'
import { ReplyPage } from '../../../views/staff/reply-page.tsx'
import { retireReply } from '../../actions/retire-reply.ts'
import { createReply, type ReplyWords, saveReply } from '../../actions/save-reply.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import { Failure, notFound } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { findReply, listReplies, type Reply } from '../../staff/replies.ts'
import { parseReference } from '../../takedowns/reference.ts'
import { foldForSearch } from '../../takedowns/search-text.ts'
import { findByReference } from '../../takedowns/store.ts'
import { readReply, replyErrors } from '../forms/reply-form.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

const queryText = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 200) : '')

/** GET /staff/replies?q=&retired=1&for=: the library; `for` names the takedown whose letter one is looked for. */
export const showReplies =
  (services: Services): RequestHandler =>
  (req, res) => {
    const account = accountOf(req)
    const search = queryText(req.query.q)
    const withRetired = req.query.retired === '1'
    const reference = parseReference(queryText(req.query.for))
    const takedown = reference === null ? undefined : findByReference(services.db, reference)
    const found = listReplies(services.db, { withRetired }).filter((reply) => isAbout(reply, search))
    const page = (
      <RepliesPage
        desk={deskOf(req, services)}
        replies={found}
        search={search}
        withRetired={withRetired}
        mayWrite={mayAct(account)}
        {...(takedown && { letterOf: { reference: takedown.reference, locale: takedown.locale } })}
      />
    )
    sendPage(res, account.locale, page)
  }

/** Every word of the search stands somewhere in the reply, whatever the spelling of its letters. */
function isAbout({ name, texts }: Reply, search: string): boolean {
  const text = foldForSearch([name, ...Object.values(texts)].join('\n'))
  return foldForSearch(search)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const replyOf = (req: Request, services: Services): Reply => {
  const reply = findReply(services.db, Number(req.params.reply))
  if (!reply) throw notFound()
  return reply
}

interface Shown {
  words: ReplyWords
  reply?: Reply
  errors?: readonly SummaryError[]
  notice?: PlainKey
}

function sendReply(req: Request, res: Response, services: Services, shown: Shown, status = 200) {
  const { words, reply, errors = [], notice } = shown
  const address = reply ? `/staff/replies/${reply.id}` : '/staff/replies/new'
  const page = (
    <ReplyPage
      desk={{ ...deskOf(req, services), address }}
      words={words}
      errors={errors}
      mayWrite={mayAct(accountOf(req))}
      {...(reply && { reply })}
      {...(notice && { notice })}
    />
  )
  sendPage(res, accountOf(req).locale, page, status)
}

/** GET /staff/replies/new */
export const showNewReply =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendReply(req, res, services, { words: { name: '', texts: { ar: '', he: '', en: '' } } })

/** GET /staff/replies/{id} */
export const showReply =
  (services: Services): RequestHandler =>
  (req, res) => {
    const reply = replyOf(req, services)
    sendReply(req, res, services, { reply, words: wordsOf(reply) })
  }

const wordsOf = ({ name, texts }: Reply): ReplyWords => ({
  name,
  texts: { ar: texts.ar ?? '', he: texts.he ?? '', en: texts.en ?? '' },
})

/** POST /staff/replies */
export const createNewReply =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const words = readReply(uploadOf(req).fields)
    const errors = replyErrors(words)
    if (errors.length > 0) return sendReply(req, res, services, { words, errors }, 422)
    const { db, clock } = services
    const id = await services.commit(() => createReply(db, words, accountOf(req).id, clock.now()))
    res.redirect(303, `/staff/replies#reply-${id}`)
  }

/** POST /staff/replies/{id} */
export const createReplyText =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const reply = replyOf(req, services)
    const words = readReply(fields)
    const errors = replyErrors(words)
    if (errors.length > 0) return sendReply(req, res, services, { reply, words, errors }, 422)
    const { db, clock } = services
    const seen = { id: reply.id, seenAt: Number(fields.at?.[0] ?? Number.NaN) }
    const saved = await services.commit(() => saveReply(db, seen, words, clock.now()))
    if (saved === 'stale') {
      return sendReply(req, res, services, { reply, words, notice: 'replies.stale' }, 409)
    }
    if (saved === 'unknown') throw new Failure(404, 'error.notFound')
    res.redirect(303, `/staff/replies#reply-${reply.id}`)
  }

/** POST /staff/replies/{id}/retirement: with the field `back`, it is offered again. */
export const createRetirement =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const reply = replyOf(req, services)
    const retiredAt = uploadOf(req).fields.back?.[0] === 'yes' ? null : services.clock.now()
    await services.commit(() => retireReply(services.db, reply.id, retiredAt))
    res.redirect(303, `/staff/replies/${reply.id}`)
  }
