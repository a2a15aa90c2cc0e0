const shapes = {
  check: 'M4.5 10.5l3.6 3.6 7.4-8.2',
  alert: 'M10 6.2v4.6M10 13.8v.1M10 2.6 18 16.6H2z',
  info: 'M10 9.2v4.6M10 6.2v.1M10 2.4a7.6 7.6 0 1 0 0 15.2 7.6 7.6 0 0 0 0-15.2',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  plus: 'M10 4.5v11M4.5 10h11',
  image: 'M3 4h14v12H3zM3 13l4-4 4 4 2.4-2.4L17 14M13 7.4v.1',
  clock: 'M10 2.4a7.6 7.6 0 1 0 0 15.2 7.6 7.6 0 0 0 0-15.2M10 6v4.2l2.8 1.8',
  mail: 'M3 5h14v10.5H3zM3 5.6l7 5.4 7-5.4',
  key: 'M12.8 3.2a4 4 0 1 0 0 8 4 4 0 0 0 0-8M9.8 10 3.4 16.6M5.4 14.6l2 2',
  lock: 'M5 9h10v8H5zM7 9V6.4a3 3 0 0 1 6 0V9',
  arrow: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  reply: 'M8 4.5 3.5 9 8 13.5M3.5 9H12a4.5 4.5 0 0 1 4.5 4.5v2',
} as const

export type IconName = keyof typeof shapes

/** Only these point somewhere, so only these turn round in a right-to-left page (RTL.md, rule 6). */
const directed: readonly IconName[] = ['arrow', 'reply']

/** Decoration beside words, never instead of them: hidden from screen readers. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg
    class={directed.includes(name) ? 'icon icon-directed' : 'icon'}
    viewBox="0 0 20 20"
    width="20"
    height="20"
    aria-hidden="true"
    focusable="false"
  >
    <path d={shapes[name]} />
  </svg>
)
