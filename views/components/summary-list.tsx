import type { ComponentChildren } from 'preact'

/** Label and value pairs; each row `{ term, detail }`. */
export const SummaryList = ({
  rows,
}: {
  rows: readonly { term: ComponentChildren; detail: ComponentChildren }[]
}) => (
  <dl class="summary-list">
    {rows.map(({ term, detail }, index) => (
      <div class="summary-row" key={index}>
        <dt>{term}</dt>
        <dd>{detail}</dd>
      </div>
    ))}
  </dl>
)
