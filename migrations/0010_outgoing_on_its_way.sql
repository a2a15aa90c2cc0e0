DROP INDEX `outgoing_due`;--> statement-breakpoint
CREATE INDEX `outgoing_on_its_way` ON `outgoing_messages` (`state`,`next_attempt_at`,`id`,`attempts`,`lease_until`,`created_at`,`kind`) WHERE state <> 'submitted';--> statement-breakpoint
-- Letters that wait for safe copies were held back by the look at their copies; now it is their moment that holds them.
UPDATE `outgoing_messages` SET `next_attempt_at` = `wait_for_copies_until`
WHERE `state` = 'queued' AND `attempts` = 0 AND `attached_screenshots` <> '[]' AND `wait_for_copies_until` > `next_attempt_at`;--> statement-breakpoint
-- Old words may hold the access key of a link that they quote: the search has them again, without it.
UPDATE `takedowns` SET `indexed_version` = 0 WHERE `statement` IS NOT NULL OR `id` IN (SELECT `takedown_id` FROM `messages`);
