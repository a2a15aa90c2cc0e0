import { Button } from '../components/button.tsx'
import { controlAttributes, FieldError } from '../components/field.tsx'
import type { Sentence } from '../components/said.tsx'
import { useWords, Words } from '../words.tsx'

export function WithdrawForm({ reference, error }: { reference: string; error: Sentence | undefined }) {
  const { locale } = useWords()
  return (
    <details class="card no-print" open={error !== undefined}>
      <summary>
        <Words k="status.withdraw.title" />
      </summary>
      <p>
        <Words k="status.withdraw.words" />
      </p>
      <form method="post" action={`/${locale}/takedowns/${reference}/withdrawal`}>
        <FieldError id="sure" error={error} />
        <label class="choice">
          <input {...controlAttributes('sure', false, error)} type="checkbox" name="sure" value="yes" />
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
