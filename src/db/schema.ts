import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/*
 * Every time is an integer: milliseconds since the epoch, UTC. Columns are snake_case in the file (casing option).
 * Triggers that no schema language expresses (append-only events, fixed received_at) are in migrations/.
 */

export const staff = sqliteTable('staff', {
  id: integer().primaryKey({ autoIncrement: true }),
  email: text().notNull().unique(),
  name: text().notNull(),
  role: text({ enum: ['admin', 'editor', 'viewer'] }).notNull(),
  locale: text({ enum: ['ar', 'he', 'en'] }).notNull(),
  passwordHash: text().notNull(),
  createdAt: integer().notNull(),
  disabledAt: integer(),
})

export const staffSessions = sqliteTable(
  'staff_sessions',
  {
    /** SHA-256 of the cookie's 256 random bits, hex. */
    tokenHash: text().primaryKey(),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
  },
  (table) => [index('staff_sessions_staff').on(table.staffId)],
)

export const takedowns = sqliteTable(
  'takedowns',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    reference: text().notNull().unique(),
    source: text({ enum: ['form', 'email'] }).notNull(),
    locale: text({ enum: ['ar', 'he', 'en'] }).notNull(),
    status: text({
      enum: [
        'received',
        'in_review',
        'awaiting_claimant',
        'decided',
        'closed',
        'withdrawn',
        'duplicate',
        'spam',
      ],
    }).notNull(),
    claimantName: text().notNull(),
    /** As the claimant typed it; kept even where it does not parse. */
    phoneTyped: text().notNull(),
    /** E.164, where libphonenumber finds the number possible. */
    phoneE164: text(),
    email: text(),
    statement: text(),
    capacity: text({ enum: ['owner', 'representative', 'other'] }),
    /** Version of the privacy notice that stood on the form. */
    privacyVersion: text().notNull(),
    /** Idempotency key of the form, and the SHA-256 of what was sent with it. */
    submissionKey: text().notNull().unique(),
    submissionDigest: text().notNull(),
    /** The access key is derived from this and the key file; only its hash stands here. */
    accessKeyNonce: text().notNull(),
    accessKeyHash: text().notNull(),
    receivedAt: integer().notNull(),
    /** When a decision is due by the publisher's own policy. */
    dueAt: integer().notNull(),
    /** Since when it waits for the claimant; meanwhile the clock to `dueAt` stands still. */
    waitingSince: integer(),
    lastEventAt: integer().notNull(),
    assigneeId: integer().references(() => staff.id),
    /** Grows with every act; a form that carries an older one is stale. */
    version: integer().notNull().default(1),
    /** Set by the honeypot or the time trap; it marks and never refuses. */
    suspicion: text({ enum: ['honeypot', 'too_fast'] }),
  },
  (table) => [
    index('takedowns_status_due').on(table.status, table.dueAt),
    index('takedowns_received').on(table.receivedAt),
    index('takedowns_assignee').on(table.assigneeId),
  ],
)

export const reportedPages = sqliteTable(
  'reported_pages',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    position: integer().notNull(),
    /** As typed, and in the one form in which addresses are compared. */
    reportedUrl: text().notNull(),
    canonicalUrl: text().notNull(),
    useState: text({
      enum: ['live', 'paused', 'stopped', 'verified_gone', 'licensed', 'kept', 'not_found', 'reappeared'],
    }).notNull(),
    useStateAt: integer().notNull(),
    outcome: text({ enum: ['removed', 'replaced', 'licensed', 'credited', 'kept', 'not_found'] }),
    /** For `kept`: why it stays. */
    keptGround: text({
      enum: ['licensed_source', 'own_work', 'permitted_use', 'not_protected', 'ownership_not_shown'],
    }),
    /** What staff tell the claimant about this page, in the claimant's language. */
    reason: text(),
    /** When the claimant accepted the terms of `licensed` or `credited` on the status page. */
    acceptedAt: integer(),
    decidedBy: integer().references(() => staff.id),
    decidedAt: integer(),
  },
  (table) => [
    uniqueIndex('reported_pages_once').on(table.takedownId, table.canonicalUrl),
    index('reported_pages_canonical').on(table.canonicalUrl),
  ],
)

export const messages = sqliteTable(
  'messages',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    author: text({ enum: ['claimant', 'staff'] }).notNull(),
    staffId: integer().references(() => staff.id),
    body: text().notNull(),
    at: integer().notNull(),
    /** Idempotency key of the message form. */
    submissionKey: text().notNull().unique(),
  },
  (table) => [index('messages_takedown').on(table.takedownId)],
)

/** Evidence files of a takedown: sent with the form (no message) or added later with a message. */
export const screenshots = sqliteTable(
  'screenshots',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    messageId: integer().references(() => messages.id),
    position: integer().notNull(),
    /** SHA-256 of the original, hex; also its place under evidence/. */
    sha256: text().notNull(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    bytes: integer().notNull(),
    width: integer(),
    height: integer(),
    /** `kept`: a type that is not decoded here (HEIC, PDF); there will be no copy. */
    copyState: text({ enum: ['pending', 'ready', 'failed', 'kept'] }).notNull(),
    copySha256: text(),
    copyMediaType: text(),
    copyBytes: integer(),
    copyAttempts: integer().notNull().default(0),
    at: integer().notNull(),
  },
  (table) => [
    index('screenshots_takedown').on(table.takedownId),
    index('screenshots_sha256').on(table.sha256),
    index('screenshots_pending').on(table.copyState).where(sql`copy_state = 'pending'`),
  ],
)

/** Files that were accepted with a form that was not: they stay with the form until it is sent, or a day. */
export const keptUploads = sqliteTable(
  'kept_uploads',
  {
    submissionKey: text().notNull(),
    sha256: text().notNull(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    bytes: integer().notNull(),
    width: integer(),
    height: integer(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.submissionKey, table.sha256] }),
    index('kept_uploads_at').on(table.at),
  ],
)

/** Append-only: triggers refuse UPDATE and DELETE. `detail` is JSON, its shape by `type` (takedowns/events.ts). */
export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    at: integer().notNull(),
    actor: text({ enum: ['claimant', 'staff', 'system'] }).notNull(),
    staffId: integer().references(() => staff.id),
    type: text().notNull(),
    detail: text().notNull(),
  },
  (table) => [index('events_takedown').on(table.takedownId)],
)

/** A letter on its way. The letter is rendered once; what is added at sending is the access key and the attachments. */
export const outgoingMessages = sqliteTable(
  'outgoing_messages',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer().references(() => takedowns.id),
    kind: text().notNull(),
    /** `takedown:event:recipient`: the same cause never queues a letter twice. */
    dedupeKey: text().notNull().unique(),
    messageId: text().notNull().unique(),
    /** Message-ID of the takedown's first letter, for References. */
    rootMessageId: text(),
    recipientName: text().notNull(),
    recipientAddress: text().notNull(),
    replyTo: text(),
    subject: text().notNull(),
    textBody: text().notNull(),
    htmlBody: text().notNull(),
    /** JSON array of screenshot ids whose safe copies are attached when they are ready. */
    attachedScreenshots: text().notNull().default('[]'),
    /** Wait for those copies until this moment, not longer. */
    waitForCopiesUntil: integer(),
    state: text({ enum: ['queued', 'submitting', 'submitted', 'failed', 'uncertain'] }).notNull(),
    attempts: integer().notNull().default(0),
    createdAt: integer().notNull(),
    nextAttemptAt: integer().notNull(),
    leaseUntil: integer(),
    leaseToken: text(),
    /** The mail server's own words, or the network's error code, of the last attempt. */
    lastReply: text(),
    submittedAt: integer(),
  },
  (table) => [
    index('outgoing_due').on(table.state, table.nextAttemptAt),
    index('outgoing_takedown').on(table.takedownId),
  ],
)

/** One row: the state of the way out. Paused when the server refuses our credentials. */
export const mailChannel = sqliteTable('mail_channel', {
  id: integer().primaryKey(),
  pausedUntil: integer(),
  pausedReason: text(),
})
