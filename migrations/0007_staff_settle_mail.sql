CREATE TABLE `canaries` (
	`door` text PRIMARY KEY NOT NULL,
	`token` text,
	`sent_at` integer,
	`seen_at` integer,
	`fault` text
);
--> statement-breakpoint
ALTER TABLE `incoming_messages` ADD `content_digest` text;--> statement-breakpoint
ALTER TABLE `incoming_messages` ADD `chosen_act` text;--> statement-breakpoint
ALTER TABLE `incoming_messages` ADD `chosen_until` integer;--> statement-breakpoint
CREATE INDEX `incoming_content` ON `incoming_messages` (`content_digest`) WHERE content_digest is not null;--> statement-breakpoint
CREATE INDEX `incoming_chosen` ON `incoming_messages` (`chosen_until`) WHERE chosen_until is not null;--> statement-breakpoint
ALTER TABLE `mailbox_cursors` ADD `reads_from` integer DEFAULT 0 NOT NULL;