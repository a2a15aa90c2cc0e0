import { Words } from '../words.tsx'
import { Said, type Sentence } from './said.tsx'

export interface SummaryError {
  /** Id of the field the line leads to. */
  readonly fieldId: string
  readonly sentence: Sentence
}

/** In the manner of the GOV.UK design system: first on the page, focused, each line linked to its field. */
export function ErrorSummary({ errors }: { errors: readonly SummaryError[] }) {
  if (errors.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabindex={-1} data-error-summary>
      <h2>
        <Words k="common.errorSummary.title" count={errors.length} />
      </h2>
      <ul>
        {errors.map(({ fieldId, sentence }) => (
          <li key={fieldId}>
            <a href={`#${fieldId}`}>
              <Said sentence={sentence} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
