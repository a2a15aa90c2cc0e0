DROP INDEX `takedowns_status_due`;--> statement-breakpoint
DROP INDEX `takedowns_assignee`;--> statement-breakpoint
DROP INDEX `takedowns_owed`;--> statement-breakpoint
ALTER TABLE `takedowns` ADD `due_rank` integer GENERATED ALWAYS AS (case when status in ('closed', 'withdrawn', 'duplicate', 'spam') then 9000000000000000 - received_at else coalesce(next_due_at, 8000000000000000 - received_at) end) VIRTUAL;--> statement-breakpoint
CREATE INDEX `takedowns_due_rank` ON `takedowns` (`due_rank`);--> statement-breakpoint
CREATE INDEX `takedowns_status_due_rank` ON `takedowns` (`status`,`due_rank`);--> statement-breakpoint
CREATE INDEX `takedowns_status_received` ON `takedowns` (`status`,`received_at`);--> statement-breakpoint
CREATE INDEX `takedowns_status_event` ON `takedowns` (`status`,`last_event_at`);--> statement-breakpoint
CREATE INDEX `takedowns_assignee_due_rank` ON `takedowns` (`assignee_id`,`due_rank`);