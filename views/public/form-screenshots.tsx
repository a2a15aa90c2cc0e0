import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Said } from '../components/said.tsx'
import { useWords, Words } from '../words.tsx'
import type { FormError, FormPageProps } from './form-model.ts'
import { KeptFiles } from './kept-files.tsx'

/** No HEIC here: an iPhone then hands over a JPEG, which can be shown. HEIC that comes another way is received. */
const accepted = 'image/png,image/jpeg,image/webp,image/gif,image/avif,application/pdf'

type FormScreenshotsProps = Pick<FormPageProps, 'kept' | 'limits'> & { errors: readonly FormError[] }

export function FormScreenshots({ kept, limits, errors }: FormScreenshotsProps) {
  const { t } = useWords()
  const invalid = errors.length > 0
  const size = `${limits.maxUploadMb} MB`
  return (
    <div
      class={invalid ? 'field field-invalid' : 'field'}
      data-screenshots
      data-max-files={limits.maxFiles}
      data-max-bytes={limits.maxUploadMb * 1024 * 1024}
      data-words-remove={t('form.screenshot.remove', { file: '{file}' })}
      data-words-added={t('form.screenshot.added', { file: '{file}' })}
      data-words-removed={t('form.screenshot.removed', { file: '{file}' })}
      data-words-too-large={t('form.error.screenshot.tooLarge', {
        file: '{file}',
        max: `\u2066${size}\u2069`,
      })}
      data-words-too-many={t('form.error.screenshot.tooMany', { max: limits.maxFiles })}
    >
      <label class="label" for="screenshot">
        {t('form.screenshot.label')}
      </label>
      <div class="hint" id="screenshot-hint">
        <Words k="form.screenshot.hint" count={limits.maxFiles} size={<Ltr>{size}</Ltr>} />
      </div>
      <ScreenshotErrors errors={errors} />
      <KeptFiles kept={kept} />
      <div class="dropzone" data-dropzone>
        <label class="button button-secondary" for="screenshot">
          <Icon name="image" />
          {t('form.screenshot.choose')}
        </label>
        <input
          type="file"
          class="file-input"
          id="screenshot"
          name="screenshot"
          accept={accepted}
          multiple
          aria-describedby={invalid ? 'screenshot-hint screenshot-error' : 'screenshot-hint'}
          {...(invalid && { 'aria-invalid': 'true' as const })}
        />
        <span class="drop-words">{t('form.screenshot.drop')}</span>
      </div>
      <ul class="files" data-chosen aria-label={t('form.screenshot.chosen')} hidden />
      <p class="field-error" data-file-trouble role="alert" />
      <p class="visually-hidden" data-file-news role="status" />
    </div>
  )
}

const ScreenshotErrors = ({ errors }: { errors: readonly FormError[] }) =>
  errors.length > 0 ? (
    <div id="screenshot-error">
      {errors.map((error, index) => (
        <p class="field-error" key={index}>
          <span class="visually-hidden">
            <Words k="common.error" />{' '}
          </span>
          <Said sentence={error} />
        </p>
      ))}
    </div>
  ) : null
