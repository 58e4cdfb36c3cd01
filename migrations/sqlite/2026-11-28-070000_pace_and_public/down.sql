DROP TABLE pace;
ALTER TABLE standing DROP COLUMN before_metres;
ALTER TABLE standing DROP COLUMN before_items;
ALTER TABLE standing DROP COLUMN hour_metres;
ALTER TABLE standing DROP COLUMN hour_items;
ALTER TABLE event DROP COLUMN is_public;
