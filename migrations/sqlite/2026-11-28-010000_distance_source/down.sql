ALTER TABLE distance DROP COLUMN source;
