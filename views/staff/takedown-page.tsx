import type { PlainKey } from '../../src/i18n/messages.ts'
import type { LetterOnItsWay } from '../../src/outbox/store.ts'
import type { Drafts } from '../../src/staff/drafts.ts'
import type { TakedownEvent } from '../../src/takedowns/events.ts'
import type { NamedPendingAct } from '../../src/takedowns/pending-acts.ts'
import type { Royalty } from '../../src/takedowns/royalties.ts'
import type { TakedownFile } from '../../src/takedowns/store.ts'
import type { Action } from '../../src/takedowns/transitions.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Person } from '../components/person.tsx'
import { Said, type Sentence } from '../components/said.tsx'
import { StatusTag } from '../components/status-tag.tsx'
import { useWords, Words } from '../words.tsx'
import { CaseHistory } from './case-history.tsx'
import type { Casework } from './casework.ts'
import { ClaimantCard } from './claimant-card.tsx'
import type { TypedCorrection } from './correction-form.tsx'
import { DecisionForm, type TypedDecision } from './decision-form.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { Due } from './due.tsx'
import { DuplicateForm } from './duplicate-form.tsx'
import { EvidenceCard } from './evidence-card.tsx'
import { HandOverForm } from './hand-over-form.tsx'
import { MailCard } from './mail-card.tsx'
import { NoteForm } from './note-form.tsx'
import { PendingBanner } from './pending-banner.tsx'
import { Presence } from './presence.tsx'
import { PrintBar } from './print-bar.tsx'
import { RelatedCard } from './related-card.tsx'
import { ReopenForm } from './reopen-form.tsx'
import type { PickedReply } from './reply-picker.tsx'
import { RoyaltyCard, type TypedRoyalty } from './royalty-card.tsx'
import { SpamForm } from './spam-form.tsx'
import { Unanswered } from './unanswered.tsx'
import { Version } from './version.tsx'
import { WriteForm } from './write-form.tsx'

export interface TakedownPageProps {
  desk: Desk
  file: TakedownFile
  events: readonly TakedownEvent[]
  letters: readonly LetterOnItsWay[]
  /** What the transition table and the reader's role allow. */
  allowed: ReadonlySet<Action>
  isMine: boolean
  /** Today by the publisher's calendar, YYYY-MM-DD. */
  today: string
  notice?: PlainKey | Sentence
  errors?: readonly SummaryError[]
  typed?: {
    decisions?: readonly TypedDecision[]
    body?: string
    isQuestion?: boolean
    reason?: string
    note?: string
    royalty?: TypedRoyalty
    correction?: TypedCorrection
  }
  /** Money for past use; absent for those who may not see money. */
  royalty?: { now: Royalty | undefined }
  /** What the reader has typed and not sent. */
  drafts: Drafts
  /** What the letter form offers to insert. */
  replies: readonly PickedReply[]
  /** What is about to leave the building; meanwhile nothing else is allowed. */
  pending?: NamedPendingAct
  mayUndo: boolean
  casework: Casework
}

/** Evidence beside action. Every act is a form that carries the version it was decided on. */
export function TakedownPage(props: TakedownPageProps) {
  const { t } = useWords()
  const { desk, file, errors = [], notice, allowed } = props
  const { reference } = file.takedown
  const title = t('staff.case.title', { reference })
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="queue" scripts={['letters.js', 'case.js']}>
      {notice && (
        <Banner tone="warn" role="alert">
          <p>{typeof notice === 'string' ? <Words k={notice} /> : <Said sentence={notice} />}</p>
        </Banner>
      )}
      <h1>
        <Words k="staff.case.title" reference={<Ltr>{reference}</Ltr>} />
      </h1>
      {props.pending && (
        <PendingBanner pending={props.pending} reference={reference} now={desk.now} mayUndo={props.mayUndo} />
      )}
      {props.letters.some(({ bouncedAt }) => bouncedAt !== null) && (
        <Banner tone="danger">
          <p>
            <Words k="case.mail.unreached" />
          </p>
        </Banner>
      )}
      <PrintBar {...props} />
      <Presence {...props} />
      <Standing {...props} />
      <Unanswered
        takedown={file.takedown}
        mayAct={allowed.has('need_no_answer')}
        now={desk.now}
        timeZone={desk.timeZone}
      />
      <div class="case">
        <div class="case-evidence">
          <ClaimantCard file={file} timeZone={desk.timeZone} />
          <MailCard {...props} />
          <RelatedCard {...props} />
          <EvidenceCard file={file} />
        </div>
        <div class="case-acts">
          <DecisionForm {...props} />
          {(allowed.has('ask_claimant') || allowed.has('take_on')) && <WriteForm {...props} />}
          {allowed.has('reopen') && <ReopenForm {...props} />}
          {props.casework.mayAct && <NoteForm {...props} />}
          <DuplicateForm {...props} />
          <SpamForm {...props} />
          {props.royalty && (
            <RoyaltyCard
              takedown={file.takedown}
              royalty={props.royalty.now}
              typed={props.typed?.royalty}
              errors={errors}
              mayChange={allowed.has('change_royalty')}
              timeZone={desk.timeZone}
            />
          )}
        </div>
      </div>
      <CaseHistory {...props} />
    </DeskLayout>
  )
}

function Standing(props: TakedownPageProps) {
  const { desk, file, allowed, isMine } = props
  const { takedown, assigneeName } = file
  return (
    <div class="card standing-bar">
      <StatusTag status={takedown.status} />
      <span>
        {assigneeName ? (
          <Words k="staff.case.with" name={<Person>{assigneeName}</Person>} />
        ) : (
          <Words k="staff.case.withNobody" />
        )}
      </span>
      <Due of={takedown} now={desk.now} calendar={desk.calendar} named />
      {takedown.suspicion && (
        <span class="hint">
          <Words k="staff.case.suspicious" />
        </span>
      )}
      {allowed.has('take_on') && !isMine && (
        <form method="post" action={`/staff/takedowns/${takedown.reference}/assignment`}>
          <Version file={file} />
          <Button data-key="a">
            <Words k={assigneeName ? 'staff.act.takeOver' : 'staff.act.takeOn'} />
          </Button>
        </form>
      )}
      <HandOverForm {...props} />
    </div>
  )
}
