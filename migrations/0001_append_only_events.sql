-- What happened stays as it was written: events are append-only, and the moment of receipt never moves.
CREATE TRIGGER `events_no_update` BEFORE UPDATE ON `events` BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `events_no_delete` BEFORE DELETE ON `events` BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `takedowns_receipt_fixed` BEFORE UPDATE OF `received_at`, `reference`, `source`, `submission_key`, `submission_digest` ON `takedowns`
WHEN NEW.`received_at` IS NOT OLD.`received_at` OR NEW.`reference` IS NOT OLD.`reference` OR NEW.`source` IS NOT OLD.`source`
  OR NEW.`submission_key` IS NOT OLD.`submission_key` OR NEW.`submission_digest` IS NOT OLD.`submission_digest`
BEGIN SELECT RAISE(ABORT, 'the receipt of a takedown is fixed'); END;
--> statement-breakpoint
CREATE TRIGGER `takedowns_no_delete` BEFORE DELETE ON `takedowns` BEGIN SELECT RAISE(ABORT, 'takedowns are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `screenshots_no_delete` BEFORE DELETE ON `screenshots` BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `screenshots_original_fixed` BEFORE UPDATE OF `sha256`, `bytes`, `file_name`, `media_type` ON `screenshots`
BEGIN SELECT RAISE(ABORT, 'the original of a screenshot is fixed'); END;
