import type { Status } from './statuses.ts'

/** What can happen to a takedown as a whole, by whomever. */
export const actions = [
  'take_on',
  'hand_over',
  'pause_page',
  'ask_claimant',
  'claimant_replied',
  'need_no_answer',
  'change_royalty',
  'decide',
  'accept_terms',
  'close',
  'withdraw',
  'mark_duplicate',
  'mark_spam',
  'reopen',
  'page_reappeared',
] as const
export type Action = (typeof actions)[number]

/**
 * Status x action -> status; what is not here is refused.
 *
 * - Taking a page off, like taking the takedown on, means that somebody in the office is at it.
 * - A claimant's words are never refused, whatever the status: the channel is a condition of the law. They move a
 *   takedown only when it waited for them; at an end, staff read them and reopen with a reason.
 * - That words of theirs need no answer can be said in any status too; it moves nothing.
 * - Money for past use is a track of its own, also when all else has ended.
 * - Outcomes are per page, so a decided takedown can be decided further until it is closed.
 * - What the decision offers can be accepted as long as the decision stands: not after a reopening.
 * - Claimants may withdraw until the takedown is closed.
 */
const transitions: Readonly<Record<Status, Readonly<Partial<Record<Action, Status>>>>> = {
  received: {
    take_on: 'in_review',
    hand_over: 'in_review',
    pause_page: 'in_review',
    claimant_replied: 'received',
    need_no_answer: 'received',
    change_royalty: 'received',
    withdraw: 'withdrawn',
    mark_duplicate: 'duplicate',
    mark_spam: 'spam',
  },
  in_review: {
    take_on: 'in_review',
    hand_over: 'in_review',
    pause_page: 'in_review',
    ask_claimant: 'awaiting_claimant',
    claimant_replied: 'in_review',
    need_no_answer: 'in_review',
    change_royalty: 'in_review',
    decide: 'decided',
    withdraw: 'withdrawn',
    mark_duplicate: 'duplicate',
    mark_spam: 'spam',
    page_reappeared: 'in_review',
  },
  awaiting_claimant: {
    take_on: 'awaiting_claimant',
    hand_over: 'awaiting_claimant',
    pause_page: 'awaiting_claimant',
    ask_claimant: 'awaiting_claimant',
    claimant_replied: 'in_review',
    need_no_answer: 'awaiting_claimant',
    change_royalty: 'awaiting_claimant',
    decide: 'decided',
    withdraw: 'withdrawn',
    mark_duplicate: 'duplicate',
    mark_spam: 'spam',
    page_reappeared: 'awaiting_claimant',
  },
  decided: {
    take_on: 'decided',
    hand_over: 'decided',
    pause_page: 'decided',
    claimant_replied: 'decided',
    need_no_answer: 'decided',
    change_royalty: 'decided',
    decide: 'decided',
    accept_terms: 'decided',
    close: 'closed',
    withdraw: 'withdrawn',
    page_reappeared: 'in_review',
  },
  closed: {
    claimant_replied: 'closed',
    need_no_answer: 'closed',
    change_royalty: 'closed',
    reopen: 'in_review',
    page_reappeared: 'in_review',
  },
  withdrawn: {
    claimant_replied: 'withdrawn',
    need_no_answer: 'withdrawn',
    change_royalty: 'withdrawn',
    reopen: 'in_review',
  },
  duplicate: { claimant_replied: 'duplicate', need_no_answer: 'duplicate', reopen: 'in_review' },
  spam: { claimant_replied: 'spam', need_no_answer: 'spam', reopen: 'in_review' },
}

/** The status after `action`, or null where the action is refused. */
export const nextStatus = (status: Status, action: Action): Status | null =>
  transitions[status][action] ?? null

/** What can happen in `status`, in the order of `actions`. */
export const actionsFrom = (status: Status): Action[] =>
  actions.filter((action) => nextStatus(status, action) !== null)
