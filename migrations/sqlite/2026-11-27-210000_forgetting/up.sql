-- Whoever gave work or steered it may be forgotten, and what they gave stays for the others. A column that has to be there
-- cannot be let go of here, so both tables are made anew; what names an assignment is compared again at the end.
PRAGMA defer_foreign_keys = ON;

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
    given_by BLOB,  -- absent once they are forgotten
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
    by_id BLOB,  -- absent once they are forgotten
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

-- What is asked of the controller about one's own data.
CREATE TABLE request (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,  -- about whom
    kind TEXT NOT NULL,  -- erasure
    asked_by BLOB,
    asked_at INTEGER NOT NULL,
    answered_by BLOB,
    answered_at INTEGER,
    answer BLOB,  -- why not, as it goes with the one who asked if it is done; sealed with the key of whom it is about
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, asked_by) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, answered_by) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_person ON request (controller_id, person_id);

-- What keeps somebody's data although they are due.
CREATE TABLE hold (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,  -- legal_claim, archive, accounting or restriction
    ground BLOB NOT NULL,  -- sealed with the key of whom it is about
    set_by BLOB,
    set_at INTEGER NOT NULL,
    review_on TEXT NOT NULL,  -- ISO date
    lifted_by BLOB,
    lifted_at INTEGER,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, set_by) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, lifted_by) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_person ON hold (controller_id, person_id);

-- That it was asked whether somebody's data are to stay.
CREATE TABLE notice (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    rule TEXT NOT NULL,
    counted_from TEXT NOT NULL,  -- ISO date: a visit begins another count
    number INTEGER NOT NULL,
    sent_on TEXT NOT NULL,  -- ISO date
    PRIMARY KEY (controller_id, person_id, rule, counted_from, number),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;

-- That one person was forgotten: whose data they were is in no row any more.
CREATE TABLE certificate (
    controller_id BLOB NOT NULL,
    mark BLOB NOT NULL,  -- the erasure in the key store's ledger
    day INTEGER NOT NULL,  -- days since 1970, UTC
    rule TEXT NOT NULL,  -- by which, or request
    PRIMARY KEY (controller_id, mark),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
) STRICT, WITHOUT ROWID;

-- How an exercise went, over at least ten students: what stays when they are forgotten.
CREATE TABLE item_stat (
    exercise TEXT NOT NULL,
    band TEXT NOT NULL,  -- school years 1-3, 4-6, 7-9 or 10-13, or other
    term TEXT NOT NULL,  -- 2026-spring, 2026-autumn
    persons INTEGER NOT NULL,
    responses INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    by_ability TEXT NOT NULL,  -- ten bins, each wrong and right
    by_time TEXT NOT NULL,  -- eight bins
    until INTEGER NOT NULL,  -- responses after this moment are not in it
    PRIMARY KEY (exercise, band, term)
) STRICT, WITHOUT ROWID;

-- How much a school practised, over at least five students.
CREATE TABLE usage (
    controller_id BLOB NOT NULL,
    school_id BLOB NOT NULL,
    term TEXT NOT NULL,
    students INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (controller_id, school_id, term),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
) STRICT, WITHOUT ROWID;

-- The last moment that was believed, the last day whose forgetting is done, and the last term that is summed up.
ALTER TABLE house ADD COLUMN trusted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE house ADD COLUMN forgot_on TEXT NOT NULL DEFAULT '';
ALTER TABLE house ADD COLUMN summed_term TEXT NOT NULL DEFAULT '';

-- The planner's figures; the first migration says why.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('assignment', 'assignment', '1000000 1000000 1'),
    ('assignment', 'assignment_group', '1000000 1000000 20'),
    ('assignment', 'assignment_student', '1000000 1000000 20'),
    ('steering', 'steering', '1000000 1000000 1'),
    ('steering', 'steering_group', '1000000 1000000 10'),
    ('steering', 'steering_student', '1000000 1000000 10'),
    ('request', 'request', '1000000 1000000 1'),
    ('request', 'request_person', '1000000 1000000 2'),
    ('hold', 'hold', '1000000 1000000 1'),
    ('hold', 'hold_person', '1000000 1000000 2'),
    ('notice', 'notice', '1000000 1000000 3 3 1 1'),
    ('certificate', 'certificate', '1000000 1000000 1'),
    ('item_stat', 'item_stat', '1000000 20 5 1'),
    ('usage', 'usage', '1000000 1000 10 1');
