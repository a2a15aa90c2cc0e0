import type { Request, RequestHandler, Response } from 'express'
import { reportSections } from '../../../views/staff/report-rows.ts'
import { ReportsPage } from '../../../views/staff/reports-page.tsx'
import { translatorFor } from '../../i18n/translate.ts'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { readReport } from '../../takedowns/reports.ts'
import { asciiDigits } from '../../takedowns/typed-digits.ts'
import { beginOfLocalDay, localDayOf } from '../../takedowns/working-time.ts'
import { csvRow } from '../csv.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** GET /staff/reports?from=&until= */
export const showReports =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { locale } = accountOf(req)
    const asked = periodOf(req, services)
    const period = momentsOf(asked, services)
    const sections = period ? await sectionsOf(req, res, services, period) : []
    if (!sections) return
    const errors = period ? [] : [{ fieldId: 'from', sentence: { key: 'report.error.period' } as const }]
    const page = (
      <ReportsPage desk={deskOf(req, services)} period={asked} sections={sections} errors={errors} />
    )
    sendPage(res, locale, page, period ? 200 : 422)
  }

/** GET /staff/reports.csv: the same table. */
export const exportReport =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { from, until } = periodOf(req, services)
    const period = momentsOf({ from, until }, services)
    if (!period) throw new Failure(422, 'report.error.period')
    const sections = await sectionsOf(req, res, services, period)
    if (!sections) return
    const t = translatorFor(accountOf(req).locale)
    const head = [t('report.what'), t('report.number'), t('report.share')]
    const rows = sections.flatMap(({ name, rows }) => [
      ...(name === 'all' ? [] : [[t(`report.${name}`), '', '']]),
      ...rows.map(({ label, number, share }) => [label, number, share]),
    ])
    const lines = [[`${from} – ${until}`, '', ''], head, ...rows]
    res
      .type('text/csv')
      .attachment(`report-${from}-${until}.csv`)
      .set('Cache-Control', 'no-store')
      // The mark tells spreadsheets that it is UTF-8.
      .send(`\ufeff${lines.map(csvRow).join('')}`)
  }

const dayMs = 24 * 3_600_000
const usualDays = 30
const mostDays = 5 * 366

interface Period<Moment> {
  readonly from: Moment
  readonly until: Moment
}

/** As asked, or the last thirty days. */
function periodOf({ query }: Request, { clock, config }: Services): Period<string> {
  const { timeZone } = config.calendar
  const day = (name: 'from' | 'until', usual: number) => {
    const value = query[name]
    return typeof value === 'string' ? asciiDigits(value).slice(0, 10) : localDayOf(usual, timeZone)
  }
  return { from: day('from', clock.now() - (usualDays - 1) * dayMs), until: day('until', clock.now()) }
}

/** Null where the period is none. */
function momentsOf({ from, until }: Period<string>, { config }: Services): Period<number> | null {
  const { timeZone } = config.calendar
  const [first, last] = [from, until].map((day) => beginOfLocalDay(day, timeZone))
  if (first === undefined || last === undefined || first === null || last === null) return null
  if (last < first || last - first > mostDays * dayMs) return null
  // A day later, and safely within the night of its end whatever the clocks do.
  const end = beginOfLocalDay(localDayOf(last + 1.5 * dayMs, timeZone), timeZone) ?? last + dayMs
  return { from: first, until: end }
}

/** One report after the other, whoever asks for them. Null where the reader is gone by now. */
async function sectionsOf(req: Request, res: Response, services: Services, period: Period<number>) {
  const { db, office, reportTurns } = services
  const isWanted = () => !res.destroyed
  const report = await reportTurns.take(() => readReport(db, period, office, isWanted))
  return report && reportSections(accountOf(req).locale, report, office.decisionWorkingDays)
}
