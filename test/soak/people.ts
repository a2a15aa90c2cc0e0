import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { jpegScreenshot, pngScreenshot } from '../bench/pictures.ts'
import { filledForm, type Submitted } from '../support/test-app.ts'

/** What a claimant was promised: a 201 with a reference. */
export interface Accepted {
  readonly key: string
  readonly reference: string
  readonly accessKey: string
  readonly sha256: string
}

export interface Crowd {
  readonly accepted: Accepted[]
  /** How often each answer came, by `what status`; 0: no answer, the server was gone. */
  readonly answers: Map<string, number>
  /** Answers that nobody should have got. */
  readonly faults: string[]
}

/** True until the soak is over. */
export type GoesOn = () => boolean

const pictures = [await jpegScreenshot(), await pngScreenshot()] as const

export const newCrowd = (): Crowd => ({ accepted: [], answers: new Map(), faults: [] })

/** Null where no answer came. */
async function ask(crowd: Crowd, what: string, url: URL, init: RequestInit, good: readonly number[]) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000), ...init })
    const body = await response.text()
    count(crowd, `${what} ${response.status}`)
    if (!good.includes(response.status))
      crowd.faults.push(`${what}: ${response.status} ${body.slice(0, 200)}`)
    return { response, body }
  } catch {
    count(crowd, `${what} 0`)
    return null
  }
}

const count = (crowd: Crowd, answer: string) =>
  void crowd.answers.set(answer, (crowd.answers.get(answer) ?? 0) + 1)

/** One form after the other; each is sent again, as it was, until it is accepted. */
export async function submitOnAndOn(crowd: Crowd, origin: string, goesOn: GoesOn): Promise<void> {
  for (let nth = 0; goesOn(); nth++) {
    const picture = pictures[nth % 4 === 0 ? 1 : 0]
    const key = randomUUID()
    const content = Buffer.concat(picture.unlike(key))
    const sha256 = createHash('sha256').update(content).digest('hex')
    for (;;) {
      const body = await filledForm({
        submission: key,
        name: `Example Claimant ${nth} مثال`,
        pages: [`https://ashams.com/articles/${nth % 5000}`],
        files: [{ name: `screenshot.${picture.name}`, content, type: picture.mediaType }],
      })
      const init = { method: 'POST', headers: { origin, accept: 'application/json' }, body }
      const answer = await ask(crowd, 'form', new URL('/ar/takedowns', origin), init, [201, 429, 503])
      if (answer?.response.status === 201) {
        const { reference, accessKey }: Submitted = JSON.parse(answer.body)
        crowd.accepted.push({ key, reference, accessKey, sha256 })
        break
      }
      const isToldWhen = answer === null || answer.response.headers.has('retry-after')
      if (!isToldWhen) crowd.faults.push(`form: ${answer.response.status} without Retry-After`)
      await sleep(1000)
    }
    // Four of them send some four thousand an hour, twice what the product takes by default.
    await sleep(2000 + Math.random() * 2500)
  }
}

const oneOf = <Item>(items: readonly Item[]) => items[Math.floor(Math.random() * items.length)]

/** Claimants who look at their status pages, and now and then write. */
export async function followOnAndOn(crowd: Crowd, origin: string, goesOn: GoesOn): Promise<void> {
  while (goesOn()) {
    await sleep(100)
    const mine = oneOf(crowd.accepted)
    if (!mine) continue
    const page = new URL(`/en/takedowns/${mine.reference}`, origin)
    const entered = await ask(crowd, 'key', new URL(`?key=${mine.accessKey}`, page), {}, [303])
    const cookie = entered?.response.headers.getSetCookie()[0]?.split(';')[0]
    if (!cookie) continue
    const shown = await ask(crowd, 'status page', page, { headers: { cookie } }, [200])
    if (shown && !shown.body.includes(mine.reference))
      crowd.faults.push('a status page without its reference')
    if (Math.random() < 0.1) {
      const body = new URLSearchParams({ body: 'An example of a further message.', submission: randomUUID() })
      const init = { method: 'POST', headers: { origin, cookie }, body }
      await ask(crowd, 'message', new URL(`${page.pathname}/messages`, origin), init, [303, 429, 503])
    }
  }
}

/** A member of staff who goes through the queue and takes things on. */
export async function workOnAndOn(
  crowd: Crowd,
  origin: string,
  account: { email: string; password: string },
  goesOn: GoesOn,
): Promise<void> {
  let cookie = ''
  while (goesOn()) {
    await sleep(300)
    const headers = { origin, cookie }
    if (cookie === '') {
      const body = new URLSearchParams(account)
      const init = { method: 'POST', headers: { origin }, body }
      const entered = await ask(crowd, 'sign in', new URL('/staff/sign-in', origin), init, [303, 503])
      cookie = entered?.response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      continue
    }
    const now = await ask(crowd, 'desk', new URL('/staff', origin), { headers }, [200, 303])
    if (now?.response.status === 303) cookie = ''
    await ask(
      crowd,
      'queue',
      new URL('/staff/takedowns?status=all&sort=received', origin),
      { headers },
      [200],
    )
    const one = oneOf(crowd.accepted)
    if (!one) continue
    const page = new URL(`/staff/takedowns/${one.reference}`, origin)
    const shown = await ask(crowd, 'takedown', page, { headers }, [200])
    const version = /name="version" value="(\d+)"/.exec(shown?.body ?? '')?.[1]
    if (!version) continue
    const init = { method: 'POST', headers, body: new URLSearchParams({ version }) }
    // 409: it is taken already, or somebody wrote meanwhile.
    await ask(crowd, 'assignment', new URL(`${page.pathname}/assignment`, origin), init, [303, 409, 503])
  }
}
