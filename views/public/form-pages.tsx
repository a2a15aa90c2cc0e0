import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import type { Sentence } from '../components/said.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import type { FormError } from './form-model.ts'

interface FormPagesProps {
  pages: readonly string[]
  errors: readonly FormError[]
  /** A host of the site, for the example. */
  host: string
}

/** One input for each page address; "add another" asks the server for one more where there is no script. */
export function FormPages({ pages, errors, host }: FormPagesProps) {
  const { t } = useWords()
  const shown = pages.length > 0 ? pages : ['']
  return (
    <div class="repeat" data-pages>
      <div data-page-list>
        {shown.map((page, index) => (
          <PageField
            key={index}
            index={index}
            value={page}
            host={host}
            error={errors.find((error) => (error.index ?? 0) === index)}
          />
        ))}
      </div>
      <template data-page-template>
        <div class="page-row" data-page>
          <label class="label" for="page-template">
            {t('form.page.nth', { number: '{number}' })}
          </label>
          <div class="page-control">
            <input class="input" type="url" inputmode="url" name="page" id="page-template" dir="ltr" />
            <button
              type="button"
              class="button button-quiet"
              data-remove-page
              aria-label={t('form.page.remove', { number: '{number}' })}
            >
              <Icon name="close" />
            </button>
          </div>
        </div>
      </template>
      <Button kind="quiet" name="intent" value="add-page" formNoValidate data-add-page>
        <Icon name="plus" />
        <Words k="form.page.add" />
      </Button>
    </div>
  )
}

interface PageFieldProps {
  index: number
  value: string
  host: string
  error: Sentence | undefined
}

function PageField({ index, value, host, error }: PageFieldProps) {
  const { t } = useWords()
  return (
    <div class="page-row" data-page>
      <TextField
        id={`page-${index}`}
        name="page"
        type="url"
        label={index === 0 ? t('form.page.label') : t('form.page.nth', { number: index + 1 })}
        hint={index === 0 && <Words k="form.page.hint" example={<Ltr>{`https://${host}/…`}</Ltr>} />}
        value={value}
        error={error}
        autocomplete="off"
        required={index === 0}
      />
    </div>
  )
}
