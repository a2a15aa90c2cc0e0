import type { ComponentChildren } from 'preact'

export interface TimelineEntry {
  readonly title: ComponentChildren
  readonly moment: ComponentChildren
  readonly body?: ComponentChildren
}

/** What happened, in order. The last entry is where it stands now. */
export const Timeline = ({ entries }: { entries: readonly TimelineEntry[] }) => (
  <ol class="timeline">
    {entries.map(({ title, moment, body }, index) => (
      <li key={index} class="timeline-entry">
        <p class="timeline-title">{title}</p>
        <p class="timeline-moment">{moment}</p>
        {body && <div class="timeline-body">{body}</div>}
      </li>
    ))}
  </ol>
)
