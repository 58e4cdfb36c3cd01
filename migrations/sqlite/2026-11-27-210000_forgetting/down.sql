DROP TABLE usage;
DROP TABLE item_stat;
DROP TABLE certificate;
DROP TABLE notice;
DROP TABLE hold;
DROP TABLE request;
ALTER TABLE house DROP COLUMN summed_term;
ALTER TABLE house DROP COLUMN forgot_on;
ALTER TABLE house DROP COLUMN trusted_at;
-- What was given by somebody who is forgotten goes: the older tables have no place for it.
PRAGMA defer_foreign_keys = ON;
UPDATE calculation SET assignment_id = NULL, assignment_number = NULL WHERE (controller_id, assignment_id) IN
    (SELECT controller_id, id FROM assignment WHERE given_by IS NULL);
DELETE FROM assignment_item WHERE (controller_id, assignment_id) IN
    (SELECT controller_id, id FROM assignment WHERE given_by IS NULL);
DELETE FROM assignment WHERE given_by IS NULL;
DELETE FROM steering WHERE by_id IS NULL;

CREATE TABLE assignment_before AS SELECT * FROM assignment;
DROP TABLE assignment;
CREATE TABLE assignment (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    school_id BLOB NOT NULL,
    group_id BLOB,  -- one of group and student
    student_id BLOB,
    kind TEXT NOT NULL,  -- homework, bookmark, test or discussion
    title BLOB NOT NULL,  -- sealed with the key of who gave it
    given_by BLOB NOT NULL,
    given_at INTEGER NOT NULL,
    active_from INTEGER NOT NULL,
    due_at INTEGER,
    taken_back_at INTEGER,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, given_by) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_group ON assignment (controller_id, group_id);
CREATE INDEX assignment_student ON assignment (controller_id, student_id);
INSERT INTO assignment SELECT controller_id, id, school_id, group_id, student_id, kind, title, given_by, given_at,
    active_from, due_at, taken_back_at FROM assignment_before;
DROP TABLE assignment_before;

CREATE TABLE steering_before AS SELECT * FROM steering;
DROP TABLE steering;
CREATE TABLE steering (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    group_id BLOB,  -- one of group and student
    student_id BLOB,
    kind TEXT NOT NULL,  -- pin or exclude
    skill TEXT,  -- one of skill and exercise
    exercise TEXT,
    by_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, by_id) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX steering_group ON steering (controller_id, group_id);
CREATE INDEX steering_student ON steering (controller_id, student_id);
INSERT INTO steering SELECT controller_id, id, group_id, student_id, kind, skill, exercise, by_id, at FROM steering_before;
DROP TABLE steering_before;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('assignment', 'assignment', '1000000 1000000 1'),
    ('assignment', 'assignment_group', '1000000 1000000 20'),
    ('assignment', 'assignment_student', '1000000 1000000 20'),
    ('steering', 'steering', '1000000 1000000 1'),
    ('steering', 'steering_group', '1000000 1000000 10'),
    ('steering', 'steering_student', '1000000 1000000 10');
