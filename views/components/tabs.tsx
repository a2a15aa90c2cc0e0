import type { ComponentChildren } from 'preact'

export interface Tab {
  readonly href: string
  readonly label: ComponentChildren
  readonly count?: number
  readonly current: boolean
}

/** Links that look like tabs: each view is its own address. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {tabs.map((tab) => (
        <li key={tab.href}>
          <a href={tab.href} {...(tab.current && { 'aria-current': 'page' as const })}>
            {tab.label}
            {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
