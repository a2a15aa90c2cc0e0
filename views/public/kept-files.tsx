import { formatBytes } from '../../src/i18n/format.ts'
import { FileName } from '../components/file-name.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Words } from '../words.tsx'
import type { KeptFile } from './form-model.ts'

/** Files that stayed with a form that was not taken; unticked, a file is left out. */
export function KeptFiles({ kept }: { kept: readonly KeptFile[] }) {
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
