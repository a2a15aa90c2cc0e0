import { isolate } from '../../src/lib/bidi.ts'
import { Button } from '../components/button.tsx'
import { useWords, Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** Gives the takedown to somebody else; whoever has it is not offered. */
export function HandOverForm({ file, casework, allowed }: TakedownPageProps) {
  const { t } = useWords()
  const { takedown } = file
  if (!allowed.has('hand_over') || casework.colleagues.length === 0) return null
  return (
    <details class="hand-over no-print">
      <summary>
        <Words k="case.handOver.title" />
      </summary>
      <form class="inline-form" method="post" action={`/staff/takedowns/${takedown.reference}/assignment`}>
        <Version file={file} />
        <label class="visually-hidden" for="to">
          <Words k="case.handOver.to" />
        </label>
        <select class="input" id="to" name="to">
          <option value="">{t('case.handOver.choose')}</option>
          {casework.colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {isolate(name)}
            </option>
          ))}
        </select>
        <Button kind="secondary">
          <Words k="case.handOver.button" />
        </Button>
      </form>
    </details>
  )
}
