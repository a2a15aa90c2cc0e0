import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import type { Tone } from './tag.tsx'

const icons: Record<Tone, IconName> = {
  plain: 'info',
  accent: 'info',
  ok: 'check',
  warn: 'alert',
  danger: 'alert',
}

interface BannerProps {
  tone?: Tone
  title?: ComponentChildren
  /** `alert` is read out at once; use it only for what just went wrong. */
  role?: 'alert' | 'status'
  children?: ComponentChildren
}

export const Banner = ({ tone = 'accent', title, role, children }: BannerProps) => (
  <div class={`banner tone-${tone}`} data-banner {...(role && { role })}>
    <Icon name={icons[tone]} />
    <div class="banner-body">
      {title && <p class="banner-title">{title}</p>}
      {children}
    </div>
  </div>
)
