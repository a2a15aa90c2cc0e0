import { Banner } from '../components/banner.tsx'
import { Words } from '../words.tsx'
import type { TakedownPageProps } from './takedown-page.tsx'

/** The two ways to print, or, on the page that is made for it, what it holds and the way back. */
export function PrintBar({ file, casework }: TakedownPageProps) {
  const address = `/staff/takedowns/${file.takedown.reference}`
  if (casework.print === null) {
    return (
      <p class="print-links no-print">
        <a href={`${address}?print=plain`}>
          <Words k="case.print.plain" />
        </a>{' '}
        <a href={`${address}?print=notes`}>
          <Words k="case.print.notes" />
        </a>
      </p>
    )
  }
  return (
    <>
      <p class="no-print" data-print>
        <a href={address}>
          <Words k="case.print.back" />
        </a>
      </p>
      {casework.print === 'notes' && (
        <Banner tone="warn">
          <p>
            <Words k="case.print.withNotes" />
          </p>
        </Banner>
      )}
    </>
  )
}
