import { useWords } from '../words.tsx'

interface PaginationProps {
  previous: string | null
  next: string | null
}

/** Addresses of the parts before and after this one, null where there is none. */
export function Pagination({ previous, next }: PaginationProps) {
  const { t } = useWords()
  if (!previous && !next) return null
  return (
    <nav class="pagination" aria-label={t('common.pagination.label')}>
      {previous && (
        <a rel="prev" href={previous}>
          {t('common.pagination.previous')}
        </a>
      )}
      {next && (
        <a rel="next" href={next}>
          {t('common.pagination.next')}
        </a>
      )}
    </nav>
  )
}
