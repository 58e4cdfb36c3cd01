ALTER TABLE standing DROP COLUMN items;
ALTER TABLE standing DROP COLUMN finishers;
ALTER TABLE standing DROP COLUMN entrants;
DROP TABLE entrant;
