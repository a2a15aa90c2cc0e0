import { Button } from '../components/button.tsx'
import { useWords, Words } from '../words.tsx'

export function WithdrawForm({ reference }: { reference: string }) {
  const { locale } = useWords()
  return (
    <details class="card no-print">
      <summary>
        <Words k="status.withdraw.title" />
      </summary>
      <p>
        <Words k="status.withdraw.words" />
      </p>
      <form method="post" action={`/${locale}/takedowns/${reference}/withdrawal`}>
        <label class="choice">
          <input type="checkbox" name="sure" value="yes" />
          <span>
            <Words k="status.withdraw.sure" />
          </span>
        </label>
        <Button kind="danger">
          <Words k="status.withdraw.button" />
        </Button>
      </form>
    </details>
  )
}
