import type { Refusal } from '../../actions/change-takedown.ts'
import type { PlainKey } from '../../i18n/messages.ts'

/** What the page says when an act was not carried out. */
export const refusalNotice = (refusal: Refusal): PlainKey => notices[refusal]

const notices: Record<Refusal, PlainKey> = {
  stale: 'staff.stale',
  pending: 'outgoing.pending.refused',
  refused: 'staff.refused',
  unknown: 'staff.refused',
}
