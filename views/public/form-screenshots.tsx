import { formatBytes } from '../../src/i18n/format.ts'
import { FileName } from '../components/file-name.tsx'
import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Said } from '../components/said.tsx'
import { useWords, Words } from '../words.tsx'
import type { FormError, FormPageProps, KeptFile } from './form-model.ts'

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

function KeptFiles({ kept }: { kept: readonly KeptFile[] }) {
  if (kept.length === 0) return null
  return (
    <fieldset class="kept" aria-describedby="kept-hint">
      <legend>
        <Words k="form.kept.title" />
      </legend>
      <p class="hint" id="kept-hint">
        <Words k="form.kept.hint" />
      </p>
      {kept.map((file) => (
        <label key={file.sha256} class="choice file">
          <input type="checkbox" name="kept" value={file.sha256} checked data-kept />
          <span class="file-words">
            <span class="file-name">
              <FileName>{file.fileName}</FileName>
            </span>
            <span class="file-facts">
              <Ltr>{factsOf(file)}</Ltr>
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** `PNG, 640 kB` */
const factsOf = ({ mediaType, bytes }: KeptFile): string =>
  `${mediaType.slice(mediaType.indexOf('/') + 1).toUpperCase()}, ${formatBytes(bytes)}`
