import { and, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Tx } from '../db/open.ts'
import { incomingMessages } from '../db/schema.ts'
import { findIncoming, type IncomingMail } from '../inbox/store.ts'
import { findByReference } from '../takedowns/store.ts'
import { addReply, type Filed, type MailToFile, makeTakedown } from './file-mail.ts'
import type { Office } from './office.ts'

/** As long as an act can be undone before anybody outside hears of it. */
export const undoMs = 15_000

const chosenAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('file'), staffId: z.number(), reference: z.string() }),
  z.object({ act: z.literal('make'), staffId: z.number() }),
  z.object({ act: z.literal('not_ours'), staffId: z.number() }),
])
export type ChosenAct = z.infer<typeof chosenAct>

/** What staff chose and nobody has undone yet. */
export const chosenActOf = (mail: Pick<IncomingMail, 'chosenAct'>): ChosenAct | null =>
  mail.chosenAct === null ? null : chosenAct.parse(JSON.parse(mail.chosenAct))

/** Mail that belongs to no takedown: all others are settled for good. */
const open: readonly IncomingMail['standing'][] = [
  'unmatched',
  'unreadable',
  'automatic',
  'spam',
  'not_ours',
  'bounce',
]

export const isOpen = ({ standing, takedownId }: Pick<IncomingMail, 'standing' | 'takedownId'>): boolean =>
  open.includes(standing) && (takedownId === null || standing === 'automatic')

export type Choice = 'chosen' | 'unknown' | 'settled' | 'no_such_takedown'

/** Staff say where a mail belongs; it waits to be undone. `settled`: somebody was first. */
export function chooseForMail(db: Db, id: number, chosen: ChosenAct, now: number): Choice {
  return db.transaction(
    (tx): Choice => {
      const mail = findIncoming(tx, id)
      if (!mail) return 'unknown'
      if (!isOpen(mail) || mail.chosenUntil !== null) return 'settled'
      if (chosen.act === 'file' && !findByReference(tx, chosen.reference)) return 'no_such_takedown'
      settle(tx, id, { chosenAct: JSON.stringify(chosen), chosenUntil: now + undoMs })
      return 'chosen'
    },
    { behavior: 'immediate' },
  )
}

/** False when it was carried out meanwhile. */
export const undoChoice = (db: Db, id: number): boolean =>
  db
    .update(incomingMessages)
    .set({ chosenAct: null, chosenUntil: null })
    .where(and(eq(incomingMessages.id, id), isNotNull(incomingMessages.chosenUntil)))
    .run().changes === 1

/** What was put aside as not ours, or folded away by a program, waits for staff again. */
export const bringBack = (db: Db, id: number): boolean =>
  db
    .update(incomingMessages)
    .set({ standing: 'unmatched', matchedBy: 'brought_back' })
    .where(
      and(
        eq(incomingMessages.id, id),
        isNull(incomingMessages.takedownId),
        isNull(incomingMessages.chosenUntil),
      ),
    )
    .run().changes === 1

/** Mail whose time to be undone is over. */
/** One from before the clock was set back is not waited for any longer than anybody meant it to wait. */
export const dueChoices = (tx: Tx, now: number): IncomingMail[] => {
  const { chosenUntil } = incomingMessages
  const hasCome = or(lte(chosenUntil, now), gt(chosenUntil, now + undoMs))
  return tx.select().from(incomingMessages).where(hasCome).limit(50).all()
}

/** Carries out what was chosen; `read` is the mail read anew, for its files. */
export function carryOutChoice(
  db: Db,
  office: Office,
  id: number,
  read: MailToFile | null,
  now: number,
): Filed {
  return db.transaction(
    (tx): Filed => {
      const mail = findIncoming(tx, id)
      const chosen = mail && chosenActOf(mail)
      if (!mail || !chosen) return { standing: mail?.standing ?? 'unmatched', hasLetters: false }
      settle(tx, id, { chosenAct: null, chosenUntil: null, settledAt: now })
      const filing = { db, tx, office, mail, now }
      if (chosen.act === 'not_ours' || !read?.ok) {
        const standing = chosen.act === 'not_ours' ? 'not_ours' : 'unreadable'
        settle(tx, id, { standing })
        return { standing, hasLetters: false }
      }
      if (chosen.act === 'make') {
        return makeTakedown(filing, read.found, read.files, { matchedBy: 'staff', pages: read.found.pages })
      }
      const takedown = findByReference(tx, chosen.reference)
      if (!takedown) throw new Error('a mail was filed into a takedown that is not there')
      return addReply(filing, takedown.id, 'staff', read.found, read.files)
    },
    { behavior: 'immediate' },
  )
}

function settle(tx: Tx, id: number, row: Partial<typeof incomingMessages.$inferInsert>) {
  tx.update(incomingMessages).set(row).where(eq(incomingMessages.id, id)).run()
}
