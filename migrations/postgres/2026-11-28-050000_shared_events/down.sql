DROP INDEX event_id;
ALTER TABLE event DROP COLUMN invitation;
ALTER TABLE event DROP COLUMN open_to;
ALTER TABLE event DROP COLUMN host;
