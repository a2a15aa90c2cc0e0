import type { NamedPendingAct } from '../../src/takedowns/pending-acts.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Person } from '../components/person.tsx'
import { useWords, Words } from '../words.tsx'

interface PendingBannerProps {
  pending: NamedPendingAct
  reference: string
  now: number
  mayUndo: boolean
}

/** Something is about to leave the building: everybody sees it, and whoever may act can stop it. */
export function PendingBanner({ pending, reference, now, mayUndo }: PendingBannerProps) {
  const { t } = useWords()
  const seconds = Math.max(0, Math.ceil((pending.carryOutAt - now) / 1000))
  return (
    <Banner tone="warn" role="status" title={<Words k={`outgoing.pending.${pending.act}`} />}>
      <p>
        <Words k="outgoing.pending.by" name={<Person>{pending.staffName}</Person>} />
      </p>
      <div class="button-row" data-pending data-words-now={t('outgoing.pending.now')}>
        {mayUndo && (
          <form method="post" action={`/staff/takedowns/${reference}/undoing`}>
            <Button data-key="u">
              <Words k="outgoing.pending.undo" />
            </Button>
          </form>
        )}
        <span role="timer">
          <Words k="outgoing.pending.seconds" seconds={<span data-countdown>{seconds}</span>} />
        </span>
        <a href={`/staff/takedowns/${reference}`}>
          <Words k="outgoing.pending.look" />
        </a>
      </div>
    </Banner>
  )
}
