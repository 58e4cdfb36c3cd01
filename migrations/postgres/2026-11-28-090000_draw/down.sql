ALTER TABLE entrant DROP COLUMN ticket;
DROP TABLE draw_entry;
DROP TABLE draw;
