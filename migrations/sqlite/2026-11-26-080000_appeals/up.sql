-- A student says that a line which was judged wrong is right; a teacher answers.
CREATE TABLE appeal (
    controller_id BLOB NOT NULL,
    calculation_id BLOB NOT NULL,
    number INTEGER NOT NULL,  -- of the line
    student_id BLOB NOT NULL,
    checker TEXT NOT NULL,  -- the version of the step checker at that time
    at INTEGER NOT NULL,
    answered_by BLOB,  -- the teacher
    answered_at INTEGER,
    holds INTEGER,  -- what the teacher says: the line is right
    PRIMARY KEY (controller_id, calculation_id, number),
    FOREIGN KEY (controller_id, calculation_id, number) REFERENCES line (controller_id, calculation_id, number)
) STRICT, WITHOUT ROWID;

-- Those of a group that wait for an answer.
CREATE INDEX appeal_student ON appeal (controller_id, student_id, answered_at);

-- The planner's figures; the first migration says why.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('appeal', 'appeal', '1000000 1000000 20 1'),
    ('appeal', 'appeal_student', '1000000 1000000 20 20');
