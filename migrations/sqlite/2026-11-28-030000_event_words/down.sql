ALTER TABLE event DROP COLUMN announcement;
ALTER TABLE event DROP COLUMN rules;
