import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { messages, notes, reportedPages, takedowns } from '../db/schema.ts'
import { withoutKeys } from '../lib/without-keys.ts'
import { isKeyAmong } from '../takedowns/access-key.ts'
import { readableUrl } from '../takedowns/readable-url.ts'
import { searchedText } from '../takedowns/search-text.ts'
import type { Takedown } from '../takedowns/store.ts'

/**
 * Brings the search up to date with up to `most` takedowns that changed since it saw them. Answers how many there
 * were: fewer than `most` means that it is up to date. It leaves no event: it tells of nothing that happened.
 */
export function indexForSearch(db: Db, most: number): number {
  return db.transaction(
    (tx) => {
      const changed = tx
        .select()
        .from(takedowns)
        .where(ne(takedowns.indexedVersion, takedowns.version))
        .orderBy(asc(takedowns.id))
        .limit(most)
        .all()
      for (const takedown of changed) indexOne(tx, takedown)
      return changed.length
    },
    { behavior: 'immediate' },
  )
}

/** Without access keys, which rows of older versions may hold: who searches word by word would find one out. */
function indexOne(tx: Tx, takedown: Takedown) {
  const { id, version, statement } = takedown
  const isKey = isKeyAmong([takedown.accessKeyHash])
  const removeKeys = (text: string) => withoutKeys(text, isKey)
  const { fragments, addresses, words } = searchedText({
    ...takedown,
    name: takedown.claimantName,
    statement: statement === null ? null : removeKeys(statement),
    addresses: addressesOf(tx, id).map((address) => withoutKeys(address)),
    texts: textsOf(tx, id).map(removeKeys),
  })
  tx.run(sql`delete from search_fragments where rowid = ${id}`)
  tx.run(sql`delete from search_words where rowid = ${id}`)
  tx.run(sql`insert into search_fragments (rowid, text, address) values (${id}, ${fragments}, ${addresses})`)
  tx.run(sql`insert into search_words (rowid, text) values (${id}, ${words})`)
  tx.update(takedowns)
    .set({ indexedVersion: version })
    .where(and(eq(takedowns.id, id), eq(takedowns.version, version)))
    .run()
}

const addressesOf = (tx: Tx, takedownId: number): string[] =>
  tx
    .select({ reported: reportedPages.reportedUrl, canonical: reportedPages.canonicalUrl })
    .from(reportedPages)
    .where(eq(reportedPages.takedownId, takedownId))
    .all()
    .flatMap(({ reported, canonical }) => [reported, canonical, readableUrl(canonical)])

function textsOf(tx: Tx, takedownId: number): string[] {
  const said = tx
    .select({ body: messages.body })
    .from(messages)
    .where(eq(messages.takedownId, takedownId))
    .all()
  const noted = tx.select({ body: notes.body }).from(notes).where(eq(notes.takedownId, takedownId)).all()
  return [...said, ...noted].map(({ body }) => body)
}
