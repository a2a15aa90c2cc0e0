CREATE TABLE `acknowledgements` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address` text NOT NULL,
	`takedown_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `acknowledgements_address` ON `acknowledgements` (`address`,`at`);--> statement-breakpoint
CREATE INDEX `acknowledgements_at` ON `acknowledgements` (`at`);--> statement-breakpoint
CREATE TABLE `incoming_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`door` text NOT NULL,
	`taken_in_at` integer NOT NULL,
	`kept_at` integer NOT NULL,
	`standing` text NOT NULL,
	`matched_by` text,
	`takedown_id` integer,
	`message_id` integer,
	`header_message_id` text,
	`sender_name` text,
	`sender_address` text,
	`subject` text,
	`found` text,
	`authenticity` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`seen_at` integer,
	`settled_at` integer,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incoming_messages_sha256_unique` ON `incoming_messages` (`sha256`);--> statement-breakpoint
CREATE INDEX `incoming_unread` ON `incoming_messages` (`id`) WHERE standing = 'kept';--> statement-breakpoint
CREATE INDEX `incoming_standing` ON `incoming_messages` (`standing`,`taken_in_at`);--> statement-breakpoint
CREATE INDEX `incoming_takedown` ON `incoming_messages` (`takedown_id`) WHERE takedown_id is not null;--> statement-breakpoint
CREATE INDEX `incoming_header` ON `incoming_messages` (`header_message_id`) WHERE header_message_id is not null;--> statement-breakpoint
CREATE TABLE `mailbox_cursors` (
	`mailbox` text PRIMARY KEY NOT NULL,
	`uid_validity` text NOT NULL,
	`last_uid` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`reconciled_at` integer
);
--> statement-breakpoint
CREATE TABLE `mailbox_entries` (
	`mailbox` text NOT NULL,
	`uid_validity` text NOT NULL,
	`uid` integer NOT NULL,
	`incoming_id` integer NOT NULL,
	PRIMARY KEY(`mailbox`, `uid_validity`, `uid`),
	FOREIGN KEY (`incoming_id`) REFERENCES `incoming_messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `quoted` text;--> statement-breakpoint
ALTER TABLE `outgoing_messages` ADD `bounced_at` integer;