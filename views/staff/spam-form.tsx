import { Button } from '../components/button.tsx'
import { Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'
import { Version } from './version.tsx'

/** Sets it aside without a word to whoever sent it; folded away, for it is rare and looks like an ending. */
export const SpamForm = ({ file, allowed }: TakedownPageProps) =>
  allowed.has('mark_spam') ? (
    <details class="card no-print">
      <summary>
        <Words k="case.spam.title" />
      </summary>
      <form method="post" action={`/staff/takedowns/${file.takedown.reference}/spam`}>
        <Version file={file} />
        <p>
          <Words k="case.spam.words" />
        </p>
        <Button kind="danger">
          <Words k="case.spam.button" />
        </Button>
      </form>
    </details>
  ) : null
