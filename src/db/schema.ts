import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

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
  /** Of a password that somebody else gave: it opens nothing but its own change, and after this time not that. */
  passwordUntil: integer(),
  createdAt: integer().notNull(),
  disabledAt: integer(),
  /** Local hour (0 to 23) of the morning digest; null for none. */
  digestHour: integer().default(8),
  /** Local day (YYYY-MM-DD) of the last digest that was queued. */
  digestDay: text(),
  /** Shortcuts of single keys; off for those whom they surprise. */
  usesKeys: integer({ mode: 'boolean' }).notNull().default(true),
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
    /** By which its owner knows it again, a word each (`Firefox`, `Linux`); null where it is not known. */
    browser: text(),
    system: text(),
  },
  (table) => [index('staff_sessions_staff').on(table.staffId)],
)

/** The authenticator of an account; a row means that it is set up and asked for. */
export const secondFactors = sqliteTable('second_factors', {
  staffId: integer()
    .primaryKey()
    .references(() => staff.id),
  /** The shared secret, sealed with keys/second-factor.key (lib/seal.ts). */
  sealedSecret: text().notNull(),
  /** The thirty-second step of the last code that was taken: it and what lies before it are of no more use. */
  lastStep: integer().notNull(),
  setAt: integer().notNull(),
})

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    /** Keyed hash, hex; a used code is deleted. */
    codeHash: text().primaryKey(),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
  },
  (table) => [index('recovery_codes_staff').on(table.staffId)],
)

/** What happened to accounts, append-only by triggers as `events` is. */
export const staffEvents = sqliteTable(
  'staff_events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    /** Who did it; null for the operator at the command line, and for nobody known (`sign_in_refused`). */
    byStaffId: integer().references(() => staff.id),
    type: text({
      enum: [
        'added',
        'disabled',
        'role_changed',
        'password_changed',
        'signed_in',
        'sign_in_refused',
        'signed_out',
        'sessions_ended',
        'second_factor_set',
        'second_factor_removed',
        'recovery_codes_made',
        'recovery_code_used',
      ],
    }).notNull(),
    at: integer().notNull(),
  },
  (table) => [index('staff_events_staff').on(table.staffId)],
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
    /** What the office owes next: the first look, the decision or its carrying out. Null when it owes nothing. */
    nextDueAt: integer(),
    /**
     * Where it stands in the queue by what is due: first what is owed, then what waits for the claimant, then what has
     * ended, the last two with the newest first. Below `openBelow` (takedowns/queue.ts) it is open.
     */
    dueRank: integer().generatedAlwaysAs(
      sql`case when status in ('closed', 'withdrawn', 'duplicate', 'spam') then 9000000000000000 - received_at else coalesce(next_due_at, 8000000000000000 - received_at) end`,
      { mode: 'virtual' },
    ),
    /** Since when words of the claimant wait for an answer or for somebody to say that none is needed. */
    unansweredSince: integer(),
    /** The other takedown, when this one is `duplicate`. */
    duplicateOfId: integer().references((): AnySQLiteColumn => takedowns.id),
    /** JSON array of the fields that the claimant was asked for and has not given yet. */
    askedFields: text().notNull().default('[]'),
    /** The version that the search knows; a worker follows `version`. */
    indexedVersion: integer().notNull().default(0),
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
    index('takedowns_due_rank').on(table.dueRank),
    index('takedowns_status_due_rank').on(table.status, table.dueRank),
    index('takedowns_status_received').on(table.status, table.receivedAt),
    index('takedowns_status_event').on(table.status, table.lastEventAt),
    index('takedowns_received').on(table.receivedAt),
    index('takedowns_assignee_due_rank').on(table.assigneeId, table.dueRank),
    index('takedowns_last_event').on(table.lastEventAt),
    index('takedowns_unanswered').on(table.unansweredSince).where(sql`unanswered_since is not null`),
    index('takedowns_unindexed').on(table.id).where(sql`indexed_version <> version`),
    index('takedowns_duplicates').on(table.duplicateOfId).where(sql`duplicate_of_id is not null`),
    index('takedowns_email').on(table.email).where(sql`email is not null`),
    index('takedowns_phone').on(table.phoneE164).where(sql`phone_e_164 is not null`),
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
    /** What the words answered, as their writer's program repeated it below them; shown folded. */
    quoted: text(),
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
    /** What the picture looks like, as 64 bits in hex (lib/likeness.ts); null where it was not decoded. */
    likeness: text(),
    at: integer().notNull(),
  },
  (table) => [
    index('screenshots_takedown').on(table.takedownId),
    index('screenshots_sha256').on(table.sha256),
    index('screenshots_likeness_1').on(sql`substr(likeness, 1, 4)`).where(sql`likeness is not null`),
    index('screenshots_likeness_2').on(sql`substr(likeness, 5, 4)`).where(sql`likeness is not null`),
    index('screenshots_likeness_3').on(sql`substr(likeness, 9, 4)`).where(sql`likeness is not null`),
    index('screenshots_likeness_4').on(sql`substr(likeness, 13, 4)`).where(sql`likeness is not null`),
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
    /** It is due at this moment; earlier, and this is then null, when those copies are there before its first attempt. */
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
    /** When a mail server later said that it could not deliver it; its words are then the last reply. */
    bouncedAt: integer(),
  },
  (table) => [
    // All that is asked of the letters which have not gone: their rows are long, and there may be very many. With the id in
    // it letters of the same moment have their order as well.
    index('outgoing_on_its_way')
      .on(
        table.state,
        table.nextAttemptAt,
        table.id,
        table.attempts,
        table.leaseUntil,
        table.createdAt,
        table.kind,
      )
      .where(sql`state <> 'submitted'`),
    index('outgoing_takedown').on(table.takedownId),
    index('outgoing_stuck').on(table.takedownId).where(sql`state in ('failed', 'uncertain')`),
  ],
)

/** One row: the state of the way out. Paused when the server refuses our credentials. */
export const mailChannel = sqliteTable('mail_channel', {
  id: integer().primaryKey(),
  pausedUntil: integer(),
  pausedReason: text(),
})

/** How many takedowns there are of each kind; triggers keep it, so that counts cost the same at any size. */
export const takedownCounts = sqliteTable(
  'takedown_counts',
  {
    status: text({ enum: takedowns.status.enumValues }).notNull(),
    /** 0 for nobody. */
    assigneeId: integer().notNull(),
    locale: text({ enum: ['ar', 'he', 'en'] }).notNull(),
    total: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.status, table.assigneeId, table.locale] })],
)

/** For staff only. */
export const notes = sqliteTable(
  'notes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    body: text().notNull(),
    at: integer().notNull(),
    /** Idempotency key of the note form. */
    submissionKey: text().notNull().unique(),
  },
  (table) => [index('notes_takedown').on(table.takedownId)],
)

/** What one person has typed and not sent; `fields` is JSON, by field name. */
export const drafts = sqliteTable(
  'drafts',
  {
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    form: text({ enum: ['letter', 'note', 'decision', 'reopening', 'duplicate'] }).notNull(),
    fields: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.takedownId, table.staffId, table.form] })],
)

/** When a person last had a takedown open. */
export const looks = sqliteTable(
  'looks',
  {
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    firstAt: integer().notNull(),
    lastAt: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.takedownId, table.staffId] })],
)

/**
 * An act whose letter leaves the building: it waits here for a moment, can be undone until `carryOutAt`, and is then
 * carried out as it was previewed. At most one for each takedown.
 */
export const pendingActs = sqliteTable(
  'pending_acts',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    takedownId: integer()
      .notNull()
      .unique()
      .references(() => takedowns.id),
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    act: text({
      enum: ['letter', 'question', 'decision', 'duplicate', 'reopening', 'assignment', 'spam'],
    }).notNull(),
    /** JSON of the checked act, its shape by `act`. */
    detail: text().notNull(),
    /** The letter, byte for byte as previewed; null where none goes out. */
    letterSubject: text(),
    letterText: text(),
    letterHtml: text(),
    /** The version that the act was made on; another one means that it is stale. */
    version: integer().notNull(),
    at: integer().notNull(),
    carryOutAt: integer().notNull(),
  },
  (table) => [index('pending_acts_due').on(table.carryOutAt)],
)

/** A queue with a name: its filter as the query of its URL. */
export const queueViews = sqliteTable(
  'queue_views',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Whose it is; null where everybody sees it. */
    staffId: integer().references(() => staff.id),
    name: text().notNull(),
    query: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [index('queue_views_staff').on(table.staffId)],
)

/** A reply that is written once and used often; its words stand in `replyTexts`, one row for each language. */
export const replies = sqliteTable('replies', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  createdBy: integer().references(() => staff.id),
  at: integer().notNull(),
  retiredAt: integer(),
})

export const replyTexts = sqliteTable(
  'reply_texts',
  {
    replyId: integer()
      .notNull()
      .references(() => replies.id),
    locale: text({ enum: ['ar', 'he', 'en'] }).notNull(),
    body: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.replyId, table.locale] })],
)

/** The terms of `licensed` and `credited`, as decided for one page. Days are YYYY-MM-DD, both included. */
export const licences = sqliteTable('licences', {
  reportedPageId: integer()
    .primaryKey()
    .references(() => reportedPages.id),
  scope: text().notNull(),
  medium: text().notNull(),
  fromDay: text(),
  untilDay: text(),
  /** In hundredths of the currency; null where nothing is paid. */
  feeMinor: integer(),
  /** ISO 4217. */
  currency: text(),
  creditLine: text(),
  /** What the claimant accepted, word for word, once accepted. */
  acceptedWording: text(),
})

/** Money for past use, beside the decision. */
export const royalties = sqliteTable('royalties', {
  takedownId: integer()
    .primaryKey()
    .references(() => takedowns.id),
  state: text({ enum: ['not_raised', 'raised', 'offered', 'agreed', 'paid', 'declined'] }).notNull(),
  /** In hundredths of the currency. */
  amountMinor: integer(),
  currency: text(),
  note: text(),
  changedBy: integer()
    .notNull()
    .references(() => staff.id),
  at: integer().notNull(),
})

/** Both doors, `form` and `mail`: when a canary of each last went in, and last came out at the other end. */
export const canaries = sqliteTable('canaries', {
  door: text({ enum: ['form', 'mail'] }).primaryKey(),
  /** What the canary under way is known by; of no use afterwards. */
  token: text(),
  sentAt: integer(),
  seenAt: integer(),
  /** Why the last one failed, a word for staff; null while all is well. */
  fault: text(),
})

/**
 * Mail that came to the info address, kept whole under the SHA-256 of its bytes before anything reads it. The same
 * bytes are one row, by whatever way and however often they came.
 */
export const incomingMessages = sqliteTable(
  'incoming_messages',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Of the raw bytes, hex; also their place under evidence/. */
    sha256: text().notNull().unique(),
    bytes: integer().notNull(),
    door: text({ enum: ['imap', 'pipe', 'import'] }).notNull(),
    /** When the mail host took it in, as the mailbox tells; our own time where it does not. Never the Date header. */
    takenInAt: integer().notNull(),
    keptAt: integer().notNull(),
    /**
     * `kept`: not read yet. `takedown`: it made one; `reply`: the claimant's words to one; `stranger`: another sender's
     * words to one; `office`: our own people about one. `unmatched`: waits for staff. `automatic`, `bounce`, `spam`,
     * `not_ours`: folded away. `own`: ours come back. `copy`: the same letter by another way. `unreadable`: kept, marked
     * and stepped over.
     */
    standing: text({
      enum: [
        'kept',
        'takedown',
        'reply',
        'stranger',
        'office',
        'unmatched',
        'automatic',
        'bounce',
        'spam',
        'not_ours',
        'own',
        'copy',
        'unreadable',
      ],
    }).notNull(),
    /** By what it was found to belong there: `reply_address`, `thread`, `subject`, `page`, `staff`, `delivery_report`. */
    matchedBy: text(),
    takedownId: integer().references(() => takedowns.id),
    /** The words of it that were kept for the takedown. */
    messageId: integer().references(() => messages.id),
    /** Without angle brackets; null where it has none. */
    headerMessageId: text(),
    senderName: text(),
    senderAddress: text(),
    subject: text(),
    /** JSON (inbox/found.ts): what was understood, each value with where it stood; null until it was read. */
    found: text(),
    /** JSON (inbox/authenticity.ts): what speaks for the sender. */
    authenticity: text(),
    /** How often reading it was begun and did not end; one that has ended the program again and again is `unreadable`. */
    attempts: integer().notNull().default(0),
    /** What makes two mails the same letter: sender, subject, words and files, hex; null until it was read. */
    contentDigest: text(),
    /** What staff chose to do with it (JSON, actions/settle-mail.ts), carried out at that time unless undone. */
    chosenAct: text(),
    chosenUntil: integer(),
    /** When staff first had it open. */
    seenAt: integer(),
    settledAt: integer(),
  },
  (table) => [
    index('incoming_content').on(table.contentDigest).where(sql`content_digest is not null`),
    index('incoming_chosen').on(table.chosenUntil).where(sql`chosen_until is not null`),
    index('incoming_unread').on(table.id).where(sql`standing = 'kept'`),
    index('incoming_standing').on(table.standing, table.takenInAt),
    index('incoming_takedown').on(table.takedownId).where(sql`takedown_id is not null`),
    index('incoming_header').on(table.headerMessageId).where(sql`header_message_id is not null`),
  ],
)

/** Where our reading of a mailbox stands. `mailbox` is the host, account and folder, without the password. */
export const mailboxCursors = sqliteTable('mailbox_cursors', {
  mailbox: text().primaryKey(),
  uidValidity: text().notNull(),
  /** Every message up to this UID is kept. */
  lastUid: integer().notNull(),
  /** Mail that the host took in before that is of the time before this service; `inbox import` brings it in. */
  readsFrom: integer().notNull().default(0),
  /** When the mailbox last answered, and when all of it was last compared with what is kept. */
  seenAt: integer().notNull(),
  reconciledAt: integer(),
})

/** Which message of a mailbox is which kept mail: nothing is fetched twice. */
export const mailboxEntries = sqliteTable(
  'mailbox_entries',
  {
    mailbox: text().notNull(),
    uidValidity: text().notNull(),
    uid: integer().notNull(),
    incomingId: integer()
      .notNull()
      .references(() => incomingMessages.id),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.uidValidity, table.uid] })],
)

/** Letters that answer mail by themselves: at most one a day to one address, whatever its headers say. */
export const acknowledgements = sqliteTable(
  'acknowledgements',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    address: text().notNull(),
    takedownId: integer()
      .notNull()
      .references(() => takedowns.id),
    at: integer().notNull(),
  },
  (table) => [
    index('acknowledgements_address').on(table.address, table.at),
    index('acknowledgements_at').on(table.at),
  ],
)
