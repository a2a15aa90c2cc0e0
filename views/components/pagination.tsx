import { useWords, Words } from '../words.tsx'

interface PaginationProps {
  page: number
  pages: number
  href: (page: number) => string
}

export function Pagination({ page, pages, href }: PaginationProps) {
  const { t } = useWords()
  if (pages <= 1) return null
  return (
    <nav class="pagination" aria-label={t('common.pagination.label')}>
      {page > 1 && (
        <a rel="prev" href={href(page - 1)}>
          {t('common.pagination.previous')}
        </a>
      )}
      <span>
        <Words k="common.pagination.position" page={page} pages={pages} />
      </span>
      {page < pages && (
        <a rel="next" href={href(page + 1)}>
          {t('common.pagination.next')}
        </a>
      )}
    </nav>
  )
}
