ALTER TABLE person DROP COLUMN active_on;
