ALTER TABLE `staff_sessions` ADD `browser` text;--> statement-breakpoint
ALTER TABLE `staff_sessions` ADD `system` text;