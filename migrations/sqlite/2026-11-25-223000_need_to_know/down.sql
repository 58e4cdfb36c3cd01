DROP TABLE error_report;
DROP TABLE guardian_link;
ALTER TABLE person DROP COLUMN protected;
