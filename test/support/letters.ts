import { carryOutAct } from '../../src/actions/carry-out-act.ts'
import { dueActs, undoMs } from '../../src/takedowns/pending-acts.ts'
import { attributeOf, readPage } from './read-page.ts'
import type { TestApp } from './test-app.ts'

/** What a person does after the form of an act that leaves the building led to its preview. */
export async function sendPreviewed(app: TestApp, formAnswer: Response, cookie: string): Promise<Response> {
  const path = formAnswer.headers.get('location') ?? ''
  if (formAnswer.status !== 303 || !path.includes('/preview/')) {
    throw new Error(`the form led to no preview: ${formAnswer.status} ${path}`)
  }
  const page = await readPage(await app.get(path, { cookie }))
  const form = page.all('form').find((one) => attributeOf(one, 'action')?.endsWith('/sending'))
  if (!form) throw new Error('the preview has no button to send')
  const fields = new URLSearchParams()
  for (const name of ['version', 'form', 'seen']) fields.set(name, page.values(name)[0] ?? '')
  return app.post(attributeOf(form, 'action') ?? '', fields, { cookie })
}

/** The time to undo passes, and everything that waits is carried out. The clock stays where it then is. */
export function letGoOut(app: TestApp): string[] {
  const { db, office } = app.services
  app.clock.pass(undoMs)
  const now = app.clock.now()
  const results = dueActs(db, now).map((id) => carryOutAct(db, office, id, now))
  app.services.outbox.wake()
  return results
}
