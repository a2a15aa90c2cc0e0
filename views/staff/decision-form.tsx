import { hasBidiControls } from '../../src/lib/bidi.ts'
import { keptGrounds, outcomes } from '../../src/takedowns/outcomes.ts'
import { readableUrl } from '../../src/takedowns/readable-url.ts'
import type { ReportedPage } from '../../src/takedowns/store.ts'
import { nextUseState } from '../../src/takedowns/use-states.ts'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { UseStateTag } from '../components/use-state-tag.tsx'
import { Words } from '../words.tsx'
import { DraftButtons, DraftNote } from './draft-bar.tsx'
import { LicenceFields, type TypedTerms } from './licence-fields.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** The form as it was typed; `doneOn` is YYYY-MM-DD or empty. */
export interface TypedDecision {
  readonly pageId: number
  readonly outcome: string
  readonly ground: string
  readonly reason: string
  readonly doneOn: string
  readonly terms?: TypedTerms
}

/** The reported pages, each with its way to be opened, paused and decided. */
export function DecisionForm(props: TakedownPageProps) {
  const { file, allowed } = props
  const { reference } = file.takedown
  const mayDecide = allowed.has('decide')
  return (
    <section class="card" aria-labelledby="decide">
      <h2 id="decide">
        <Words k={mayDecide ? 'staff.decide.title' : 'staff.queue.pages'} />
      </h2>
      {mayDecide && (
        <p class="hint">
          <Words k="staff.decide.words" />
        </p>
      )}
      {!mayDecide && allowed.has('take_on') && (
        <p class="hint">
          <Words k="staff.decide.takeOnFirst" />
        </p>
      )}
      <PauseForms {...props} />
      {mayDecide ? (
        <form id="form-decision" data-draft method="post" action={`/staff/takedowns/${reference}/decision`}>
          <Version file={file} />
          <DraftNote draft={props.drafts.decision} timeZone={props.desk.timeZone} />
          <PageList {...props} />
          <div class="button-row">
            <Button large>
              <Words k="outgoing.see" />
            </Button>
            <DraftButtons form="decision" reference={reference} draft={props.drafts.decision} />
          </div>
        </form>
      ) : (
        <PageList {...props} />
      )}
    </section>
  )
}

const PageList = (props: TakedownPageProps) => (
  <ol class="page-list">
    {props.file.pages.map((page, index) => (
      <li key={page.id}>
        <PageHead {...props} page={page} />
        {props.allowed.has('decide') && <PageDecision {...props} page={page} number={index + 1} />}
      </li>
    ))}
  </ol>
)

/** Before the decision; after it, the outcome says what becomes of the page. */
const mayPause = (page: ReportedPage, allowed: TakedownPageProps['allowed']): boolean =>
  allowed.has('pause_page') && page.outcome === null && nextUseState(page.useState, 'pause') !== null

/** Forms cannot nest: the buttons in the list name these by `form=`. */
const PauseForms = ({ file, allowed }: TakedownPageProps) => (
  <>
    {file.pages
      .filter((page) => mayPause(page, allowed))
      .map((page) => (
        <form
          key={page.id}
          id={`pause-${page.id}`}
          method="post"
          action={`/staff/takedowns/${file.takedown.reference}/pause`}
        >
          <Version file={file} />
          <input type="hidden" name="page" value={page.id} />
        </form>
      ))}
  </>
)

function PageHead({ page, allowed }: TakedownPageProps & { page: ReportedPage }) {
  const shown = readableUrl(page.canonicalUrl)
  return (
    <>
      <p class="long-value page-address">
        <Ltr>{shown}</Ltr>
      </p>
      {page.reportedUrl !== page.canonicalUrl && page.reportedUrl !== shown && (
        <p class="hint long-value">
          <Words k="staff.case.typed" />: <Ltr>{page.reportedUrl}</Ltr>
        </p>
      )}
      {hasBidiControls(page.reportedUrl) && (
        <p class="field-error">
          <Words k="staff.case.hiddenMarks" />
        </p>
      )}
      <p>
        <UseStateTag useState={page.useState} />{' '}
        <a href={page.canonicalUrl} target="_blank" rel="noopener noreferrer">
          <Words k="staff.case.openPage" />
        </a>
      </p>
      {page.outcome && (
        <p>
          <Words k={`staff.decide.${page.outcome}`} />
        </p>
      )}
      {mayPause(page, allowed) && (
        <p>
          <Button kind="secondary" form={`pause-${page.id}`}>
            <Words k="staff.act.pause" />
          </Button>
          <span class="hint block">
            <Words k="staff.act.pauseHint" />
          </span>
        </p>
      )}
    </>
  )
}

type PageDecisionProps = TakedownPageProps & { page: ReportedPage; number: number }

function PageDecision({ page, number, typed, file, today }: PageDecisionProps) {
  const was = typed?.decisions?.find((decision) => decision.pageId === page.id)
  const outcome = was?.outcome ?? page.outcome ?? ''
  const ground = was?.ground ?? page.keptGround ?? ''
  const name = (field: string) => `${field}-${page.id}`
  return (
    <div class="page-decision">
      <fieldset class="field" id={name('outcome')}>
        <legend class="label">
          <Words k="staff.decide.outcome" />
          <span class="visually-hidden"> {number}</span>
        </legend>
        {outcomes.map((value) => (
          <label class="choice" key={value}>
            <input
              data-key="d"
              type="radio"
              name={name('outcome')}
              value={value}
              checked={value === outcome}
            />
            <span>
              <Words k={`staff.decide.${value}`} />
            </span>
          </label>
        ))}
      </fieldset>
      <div class="field for-done">
        <label class="label" for={name('done')}>
          <Words k="staff.decide.doneOn" />
        </label>
        <div class="hint" id={name('done-hint')}>
          <Words k="staff.decide.doneHint" />
        </div>
        <input
          class="input"
          id={name('done')}
          type="date"
          name={name('done')}
          max={today}
          value={was ? was.doneOn : today}
          aria-describedby={name('done-hint')}
        />
      </div>
      <div class="field for-kept">
        <label class="label" for={name('ground')}>
          <Words k="staff.decide.ground" />
        </label>
        <select class="input" id={name('ground')} name={name('ground')}>
          <option value="">
            <Words k="staff.decide.noGround" />
          </option>
          {keptGrounds.map((value) => (
            <option key={value} value={value} selected={value === ground}>
              <Words k={`ground.${value}`} />
            </option>
          ))}
        </select>
      </div>
      <LicenceFields pageId={page.id} typed={was?.terms} licence={file.licences.get(page.id)} />
      <div class="field">
        <label class="label" for={name('reason')}>
          <Words k="staff.decide.reason" />
        </label>
        <div class="hint" id={name('reason-hint')}>
          <Words
            k="staff.decide.reasonHint"
            language={<Words k={`common.language.${file.takedown.locale}`} />}
          />
        </div>
        <textarea
          class="input"
          id={name('reason')}
          name={name('reason')}
          rows={3}
          dir="auto"
          aria-describedby={name('reason-hint')}
        >
          {was?.reason ?? page.reason ?? ''}
        </textarea>
      </div>
    </div>
  )
}
