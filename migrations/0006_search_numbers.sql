-- The search holds whole numbers as words from here on: every takedown is read into it once more, in the background.
UPDATE `takedowns` SET `indexed_version` = 0;
