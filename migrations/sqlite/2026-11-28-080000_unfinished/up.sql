-- What a student has begun is found without going through all that they have finished.
CREATE INDEX calculation_unfinished ON calculation (controller_id, student_id, opened_at)
    WHERE finished_at IS NULL AND left_at IS NULL;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('calculation', 'calculation_unfinished', '100000 100000 2 1');
