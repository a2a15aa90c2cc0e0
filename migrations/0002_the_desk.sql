CREATE TABLE `drafts` (
	`takedown_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`form` text NOT NULL,
	`fields` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`takedown_id`, `staff_id`, `form`),
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `licences` (
	`reported_page_id` integer PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`medium` text NOT NULL,
	`from_day` text,
	`until_day` text,
	`fee_minor` integer,
	`currency` text,
	`credit_line` text,
	`accepted_wording` text,
	FOREIGN KEY (`reported_page_id`) REFERENCES `reported_pages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `looks` (
	`takedown_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`takedown_id`, `staff_id`),
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `notes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`submission_key` text NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notes_submissionKey_unique` ON `notes` (`submission_key`);--> statement-breakpoint
CREATE INDEX `notes_takedown` ON `notes` (`takedown_id`);--> statement-breakpoint
CREATE TABLE `pending_acts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`act` text NOT NULL,
	`detail` text NOT NULL,
	`letter_subject` text,
	`letter_text` text,
	`letter_html` text,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`carry_out_at` integer NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pending_acts_takedownId_unique` ON `pending_acts` (`takedown_id`);--> statement-breakpoint
CREATE INDEX `pending_acts_due` ON `pending_acts` (`carry_out_at`);--> statement-breakpoint
CREATE TABLE `queue_views` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`staff_id` integer,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `queue_views_staff` ON `queue_views` (`staff_id`);--> statement-breakpoint
CREATE TABLE `replies` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`created_by` integer,
	`at` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reply_texts` (
	`reply_id` integer NOT NULL,
	`locale` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`reply_id`, `locale`),
	FOREIGN KEY (`reply_id`) REFERENCES `replies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `royalties` (
	`takedown_id` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`amount_minor` integer,
	`currency` text,
	`note` text,
	`changed_by` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`changed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `takedown_counts` (
	`status` text NOT NULL,
	`assignee_id` integer NOT NULL,
	`locale` text NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`status`, `assignee_id`, `locale`)
);
--> statement-breakpoint
ALTER TABLE `screenshots` ADD `likeness` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `digest_hour` integer DEFAULT 8;--> statement-breakpoint
ALTER TABLE `staff` ADD `digest_day` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `uses_keys` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `takedowns` ADD `next_due_at` integer;--> statement-breakpoint
ALTER TABLE `takedowns` ADD `unanswered_since` integer;--> statement-breakpoint
ALTER TABLE `takedowns` ADD `duplicate_of_id` integer REFERENCES takedowns(id);--> statement-breakpoint
ALTER TABLE `takedowns` ADD `asked_fields` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `takedowns` ADD `indexed_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `takedowns_owed` ON `takedowns` (`next_due_at`,`id`) WHERE next_due_at is not null;--> statement-breakpoint
CREATE INDEX `takedowns_last_event` ON `takedowns` (`last_event_at`);--> statement-breakpoint
CREATE INDEX `takedowns_unanswered` ON `takedowns` (`unanswered_since`) WHERE unanswered_since is not null;--> statement-breakpoint
CREATE INDEX `takedowns_unindexed` ON `takedowns` (`id`) WHERE indexed_version <> version;--> statement-breakpoint
CREATE INDEX `takedowns_duplicates` ON `takedowns` (`duplicate_of_id`) WHERE duplicate_of_id is not null;--> statement-breakpoint
CREATE INDEX `takedowns_email` ON `takedowns` (`email`) WHERE email is not null;--> statement-breakpoint
CREATE INDEX `takedowns_phone` ON `takedowns` (`phone_e_164`) WHERE phone_e_164 is not null;--> statement-breakpoint
CREATE INDEX `outgoing_stuck` ON `outgoing_messages` (`takedown_id`) WHERE state in ('failed', 'uncertain');--> statement-breakpoint
UPDATE `takedowns` SET `next_due_at` = `due_at` WHERE `status` IN ('received', 'in_review', 'decided');--> statement-breakpoint
UPDATE `takedowns` SET `unanswered_since` = (SELECT `at` FROM `messages` WHERE `takedown_id` = `takedowns`.`id` ORDER BY `id` DESC LIMIT 1)
WHERE (SELECT `author` FROM `messages` WHERE `takedown_id` = `takedowns`.`id` ORDER BY `id` DESC LIMIT 1) = 'claimant';--> statement-breakpoint
-- Counts that cost the same at any size.
INSERT INTO `takedown_counts` SELECT `status`, coalesce(`assignee_id`, 0), `locale`, count(*) FROM `takedowns` GROUP BY 1, 2, 3;--> statement-breakpoint
CREATE TRIGGER `takedowns_counted` AFTER INSERT ON `takedowns` BEGIN
  INSERT INTO `takedown_counts` VALUES (NEW.`status`, coalesce(NEW.`assignee_id`, 0), NEW.`locale`, 1)
  ON CONFLICT DO UPDATE SET `total` = `total` + 1;
END;--> statement-breakpoint
CREATE TRIGGER `takedowns_counted_again` AFTER UPDATE OF `status`, `assignee_id` ON `takedowns`
WHEN NEW.`status` IS NOT OLD.`status` OR NEW.`assignee_id` IS NOT OLD.`assignee_id` BEGIN
  UPDATE `takedown_counts` SET `total` = `total` - 1
  WHERE `status` = OLD.`status` AND `assignee_id` = coalesce(OLD.`assignee_id`, 0) AND `locale` = OLD.`locale`;
  INSERT INTO `takedown_counts` VALUES (NEW.`status`, coalesce(NEW.`assignee_id`, 0), NEW.`locale`, 1)
  ON CONFLICT DO UPDATE SET `total` = `total` + 1;
END;--> statement-breakpoint
-- What people search for, folded by takedowns/search-text.ts; rowid is the takedown's id. Filled by a worker.
-- Any fragment of three characters or more: reference, phone in digits, name, email, page addresses.
CREATE VIRTUAL TABLE `search_fragments` USING fts5(`text`, `address`, content = '', contentless_delete = 1, tokenize = 'trigram');--> statement-breakpoint
-- Whole words and their beginnings: name, statement, messages, notes.
CREATE VIRTUAL TABLE `search_words` USING fts5(`text`, content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '2 3');
