import { withdrawnReceiptLetter } from '../../views/letters/to-claimant.ts'
import { withdrawnLetter } from '../../views/letters/to-office.ts'
import type { Db } from '../db/open.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown } from './change-takedown.ts'
import { letterOffice } from './letter-takedown.ts'
import { type Office, staffUrl } from './office.ts'
import { claimantLink, postToClaimant, postToOffice } from './post-letter.ts'

/** The claimant withdraws; both sides are told. A second time is `refused` by the transition table. */
export function withdrawTakedown(db: Db, office: Office, reference: string, now: number): Change {
  return changeTakedown(db, { reference, version: null, now }, 'withdraw', (tx, takedown) => {
    recordEvent(tx, {
      takedownId: takedown.id,
      at: now,
      actor: { kind: 'claimant' },
      type: 'withdrawn',
      detail: {},
    })
    const cause = `withdrawn-${takedown.version}`
    const locale = office.defaultLocale
    postToOffice(tx, office, {
      takedown,
      kind: 'withdrawn',
      cause,
      letter: withdrawnLetter(
        reference,
        { ...letterOffice(office, locale), staffUrl: staffUrl(office, reference) },
        locale,
      ),
      now,
    })
    postToClaimant(tx, office, {
      takedown,
      kind: 'withdrawn-receipt',
      cause,
      letter: withdrawnReceiptLetter(
        { reference, name: takedown.claimantName, at: now },
        { ...letterOffice(office, takedown.locale), statusUrl: claimantLink(office, takedown) },
        takedown.locale,
      ),
      now,
    })
    return { row: { waitingSince: null }, value: undefined }
  })
}
