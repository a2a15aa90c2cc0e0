CREATE INDEX `screenshots_likeness_1` ON `screenshots` (substr(`likeness`, 1, 4)) WHERE likeness is not null;--> statement-breakpoint
CREATE INDEX `screenshots_likeness_2` ON `screenshots` (substr(`likeness`, 5, 4)) WHERE likeness is not null;--> statement-breakpoint
CREATE INDEX `screenshots_likeness_3` ON `screenshots` (substr(`likeness`, 9, 4)) WHERE likeness is not null;--> statement-breakpoint
CREATE INDEX `screenshots_likeness_4` ON `screenshots` (substr(`likeness`, 13, 4)) WHERE likeness is not null;