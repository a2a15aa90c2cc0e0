CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`staff_id` integer,
	`type` text NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_takedown` ON `events` (`takedown_id`);--> statement-breakpoint
CREATE TABLE `kept_uploads` (
	`submission_key` text NOT NULL,
	`sha256` text NOT NULL,
	`file_name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`submission_key`, `sha256`)
);
--> statement-breakpoint
CREATE INDEX `kept_uploads_at` ON `kept_uploads` (`at`);--> statement-breakpoint
CREATE TABLE `mail_channel` (
	`id` integer PRIMARY KEY NOT NULL,
	`paused_until` integer,
	`paused_reason` text
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer NOT NULL,
	`author` text NOT NULL,
	`staff_id` integer,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`submission_key` text NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_submissionKey_unique` ON `messages` (`submission_key`);--> statement-breakpoint
CREATE INDEX `messages_takedown` ON `messages` (`takedown_id`);--> statement-breakpoint
CREATE TABLE `outgoing_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer,
	`kind` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`message_id` text NOT NULL,
	`root_message_id` text,
	`recipient_name` text NOT NULL,
	`recipient_address` text NOT NULL,
	`reply_to` text,
	`subject` text NOT NULL,
	`text_body` text NOT NULL,
	`html_body` text NOT NULL,
	`attached_screenshots` text DEFAULT '[]' NOT NULL,
	`wait_for_copies_until` integer,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`lease_until` integer,
	`lease_token` text,
	`last_reply` text,
	`submitted_at` integer,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outgoing_messages_dedupeKey_unique` ON `outgoing_messages` (`dedupe_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `outgoing_messages_messageId_unique` ON `outgoing_messages` (`message_id`);--> statement-breakpoint
CREATE INDEX `outgoing_due` ON `outgoing_messages` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `outgoing_takedown` ON `outgoing_messages` (`takedown_id`);--> statement-breakpoint
CREATE TABLE `reported_pages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer NOT NULL,
	`position` integer NOT NULL,
	`reported_url` text NOT NULL,
	`canonical_url` text NOT NULL,
	`use_state` text NOT NULL,
	`use_state_at` integer NOT NULL,
	`outcome` text,
	`kept_ground` text,
	`reason` text,
	`accepted_at` integer,
	`decided_by` integer,
	`decided_at` integer,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reported_pages_once` ON `reported_pages` (`takedown_id`,`canonical_url`);--> statement-breakpoint
CREATE INDEX `reported_pages_canonical` ON `reported_pages` (`canonical_url`);--> statement-breakpoint
CREATE TABLE `screenshots` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`takedown_id` integer NOT NULL,
	`message_id` integer,
	`position` integer NOT NULL,
	`sha256` text NOT NULL,
	`file_name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`copy_state` text NOT NULL,
	`copy_sha256` text,
	`copy_media_type` text,
	`copy_bytes` integer,
	`copy_attempts` integer DEFAULT 0 NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`takedown_id`) REFERENCES `takedowns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `screenshots_takedown` ON `screenshots` (`takedown_id`);--> statement-breakpoint
CREATE INDEX `screenshots_sha256` ON `screenshots` (`sha256`);--> statement-breakpoint
CREATE INDEX `screenshots_pending` ON `screenshots` (`copy_state`) WHERE copy_state = 'pending';--> statement-breakpoint
CREATE TABLE `staff` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`locale` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email_unique` ON `staff` (`email`);--> statement-breakpoint
CREATE TABLE `staff_sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`staff_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_sessions_staff` ON `staff_sessions` (`staff_id`);--> statement-breakpoint
CREATE TABLE `takedowns` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`reference` text NOT NULL,
	`source` text NOT NULL,
	`locale` text NOT NULL,
	`status` text NOT NULL,
	`claimant_name` text NOT NULL,
	`phone_typed` text NOT NULL,
	`phone_e_164` text,
	`email` text,
	`statement` text,
	`capacity` text,
	`privacy_version` text NOT NULL,
	`submission_key` text NOT NULL,
	`submission_digest` text NOT NULL,
	`access_key_nonce` text NOT NULL,
	`access_key_hash` text NOT NULL,
	`received_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`waiting_since` integer,
	`last_event_at` integer NOT NULL,
	`assignee_id` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`suspicion` text,
	FOREIGN KEY (`assignee_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `takedowns_reference_unique` ON `takedowns` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `takedowns_submissionKey_unique` ON `takedowns` (`submission_key`);--> statement-breakpoint
CREATE INDEX `takedowns_status_due` ON `takedowns` (`status`,`due_at`);--> statement-breakpoint
CREATE INDEX `takedowns_received` ON `takedowns` (`received_at`);--> statement-breakpoint
CREATE INDEX `takedowns_assignee` ON `takedowns` (`assignee_id`);