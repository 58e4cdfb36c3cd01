-- Times are milliseconds UTC; ids are 16 random bytes. The same tables stand in the other dialect beside this folder.

-- Which key store these data go with: one row.
CREATE TABLE house (
    key_store BLOB NOT NULL,
    PRIMARY KEY (key_store)
) STRICT;

-- Who decides over personal data: a municipality, a school company or one individual.
CREATE TABLE controller (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,  -- municipality, company or individual
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,  -- IANA name, for calendars
    created_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE school (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    external_id TEXT,  -- the roster's own id
    name TEXT NOT NULL,
    number_of_students INTEGER NOT NULL,
    address TEXT,
    latitude REAL,  -- degrees
    longitude REAL,  -- degrees
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX school_external_id ON school (controller_id, external_id);

-- A class or teaching group («group» is a reserved word in SQL).
CREATE TABLE teaching_group (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    school_id BLOB NOT NULL,
    external_id TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX teaching_group_school ON teaching_group (controller_id, school_id);

-- Names are sealed with the person's key. What finds somebody by one of them is in the key store.
CREATE TABLE person (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    external_id BLOB,
    name BLOB NOT NULL,
    user_name BLOB NOT NULL,
    email BLOB,
    school_year INTEGER,  -- 1-12
    language TEXT NOT NULL,  -- sv, nb, nn or en
    language_form TEXT,  -- the form of the language that the person asked for, such as easy reading
    report_system TEXT,  -- operating system, from the last error report only
    report_browser TEXT,  -- browser, from the last error report only
    created_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
) STRICT, WITHOUT ROWID;

-- Who is in which school or group, as what, from when to when.
CREATE TABLE membership (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    school_id BLOB,  -- absent for the officer of the controller
    group_id BLOB,  -- absent for a role at the whole school
    role TEXT NOT NULL,  -- student, teacher, mentor, school_admin, officer or individual
    from_at INTEGER NOT NULL,
    to_at INTEGER,  -- the first moment it no longer holds
    PRIMARY KEY (controller_id, person_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_group ON membership (controller_id, group_id);

-- Who is signed in. The cookie holds a random token, the row only its SHA-256.
CREATE TABLE session (
    token_hash BLOB NOT NULL,
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (controller_id, person_id);

-- The row that every change of a student's practice takes first and whose version it compares, with the general part of the student model.
CREATE TABLE student (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    ability REAL NOT NULL,  -- logit
    variance REAL NOT NULL,  -- logit squared
    responses INTEGER NOT NULL,
    last_at INTEGER NOT NULL,  -- the last response
    PRIMARY KEY (controller_id, person_id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;

-- The student model, one row a student and skill.
CREATE TABLE skill_state (
    controller_id BLOB NOT NULL,
    student_id BLOB NOT NULL,
    skill TEXT NOT NULL,
    ability REAL NOT NULL,  -- logit, added to the general ability
    variance REAL NOT NULL,  -- logit squared
    form REAL NOT NULL,  -- recent surprise, a decaying mean
    responses INTEGER NOT NULL,
    wins INTEGER NOT NULL,
    misses INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, student_id, skill),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE assignment_item (
    controller_id BLOB NOT NULL,
    assignment_id BLOB NOT NULL,
    number INTEGER NOT NULL,  -- 1 and up
    exercise TEXT NOT NULL,
    seed INTEGER NOT NULL,
    PRIMARY KEY (controller_id, assignment_id, number),
    FOREIGN KEY (controller_id, assignment_id) REFERENCES assignment (controller_id, id)
) STRICT, WITHOUT ROWID;

-- A student's worked solution of one item (exercise + seed).
CREATE TABLE calculation (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    student_id BLOB NOT NULL,
    exercise TEXT NOT NULL,
    seed INTEGER NOT NULL,
    difficulty REAL NOT NULL,  -- logit, as used
    assignment_id BLOB,
    assignment_number INTEGER,
    hints INTEGER NOT NULL,  -- how many hints were opened
    opened_at INTEGER NOT NULL,
    finished_at INTEGER,
    left_at INTEGER,  -- when the student chose another task
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, assignment_id, assignment_number) REFERENCES assignment_item (controller_id, assignment_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX calculation_student ON calculation (controller_id, student_id, opened_at);
CREATE INDEX calculation_assignment ON calculation (controller_id, assignment_id);

CREATE TABLE line (
    controller_id BLOB NOT NULL,
    calculation_id BLOB NOT NULL,
    number INTEGER NOT NULL,  -- 1 and up
    key BLOB NOT NULL,  -- idempotency key, made by the browser
    entered BLOB NOT NULL,  -- what the student typed, sealed with the student's key
    at INTEGER NOT NULL,
    verdict TEXT NOT NULL,  -- right, goal, unfinished, wrong or unreadable
    answer BLOB NOT NULL,  -- the whole judgement that was given, JSON, sealed likewise
    PRIMARY KEY (controller_id, calculation_id, number),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
) STRICT, WITHOUT ROWID;

-- What the student model has seen.
CREATE TABLE response (
    controller_id BLOB NOT NULL,
    calculation_id BLOB NOT NULL,
    number INTEGER NOT NULL,  -- the line that gave it
    student_id BLOB NOT NULL,
    skill TEXT NOT NULL,
    exercise TEXT NOT NULL,
    difficulty REAL NOT NULL,  -- logit, as used
    correct INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,  -- from opening to this line
    attempt INTEGER NOT NULL,  -- 1 for the first answer to the item
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, calculation_id, number),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
) STRICT, WITHOUT ROWID;

-- Why a calculation was chosen.
CREATE TABLE recommendation (
    controller_id BLOB NOT NULL,
    calculation_id BLOB NOT NULL,
    student_id BLOB NOT NULL,
    exercise TEXT NOT NULL,
    reason TEXT NOT NULL,  -- JSON
    probability REAL NOT NULL,  -- predicted, 0-1
    propensity REAL NOT NULL,  -- how likely this choice was, 0-1
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, calculation_id),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
) STRICT, WITHOUT ROWID;

-- Difficulty of an exercise, moved online. Not personal.
CREATE TABLE item_difficulty (
    exercise TEXT NOT NULL,
    moved REAL NOT NULL,  -- logit, added to the author's guess
    responses INTEGER NOT NULL,
    PRIMARY KEY (exercise)
) STRICT, WITHOUT ROWID;

-- A MatteMaraton.
CREATE TABLE event (
    controller_id BLOB NOT NULL,  -- the organiser
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    opens_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    goal_metres INTEGER NOT NULL,
    goal_items INTEGER NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
) STRICT, WITHOUT ROWID;

-- The items of an event at one level.
CREATE TABLE course (
    controller_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    from_year INTEGER NOT NULL,
    to_year INTEGER NOT NULL,
    PRIMARY KEY (controller_id, event_id, number),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id)
) STRICT, WITHOUT ROWID;

-- Kilometres by own power, reported by a student, approved by a teacher.
CREATE TABLE distance (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    school_id BLOB NOT NULL,
    student_id BLOB NOT NULL,
    metres INTEGER NOT NULL,
    seconds INTEGER,
    travelled_on TEXT NOT NULL,  -- ISO date
    reported_at INTEGER NOT NULL,
    key BLOB NOT NULL,  -- idempotency key
    approved_by BLOB,
    approved_at INTEGER,
    returned_at INTEGER,  -- when a teacher gave it back
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, approved_by) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distance_student ON distance (controller_id, student_id, event_id);
CREATE UNIQUE INDEX distance_key ON distance (controller_id, student_id, key);

-- A school's place in an event, kept up when a distance is approved.
CREATE TABLE standing (
    controller_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    school_id BLOB NOT NULL,
    metres INTEGER NOT NULL,
    distances INTEGER NOT NULL,
    PRIMARY KEY (controller_id, event_id, school_id),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
) STRICT, WITHOUT ROWID;

-- What the planner goes by, since it has no other way of knowing that one controller owns nearly everything: taking a
-- controller's part of a primary key for selective, it would read a whole municipality to find one person's rows.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('school', 'school', '1000000 1000000 1'),
    ('school', 'school_external_id', '1000000 1000000 1'),
    ('teaching_group', 'teaching_group', '1000000 1000000 1'),
    ('teaching_group', 'teaching_group_school', '1000000 1000000 20'),
    ('person', 'person', '1000000 1000000 1'),
    ('membership', 'membership', '1000000 1000000 20 1'),
    ('membership', 'membership_group', '1000000 1000000 20'),
    ('session', 'session', '1000000 1'),
    ('session', 'session_person', '1000000 1000000 20'),
    ('student', 'student', '1000000 1000000 1'),
    ('skill_state', 'skill_state', '1000000 1000000 20 1'),
    ('assignment', 'assignment', '1000000 1000000 1'),
    ('assignment', 'assignment_group', '1000000 1000000 20'),
    ('assignment', 'assignment_student', '1000000 1000000 20'),
    ('assignment_item', 'assignment_item', '1000000 1000000 20 1'),
    ('calculation', 'calculation', '1000000 1000000 1'),
    ('calculation', 'calculation_student', '1000000 1000000 20 20'),
    ('calculation', 'calculation_assignment', '1000000 1000000 20'),
    ('line', 'line', '1000000 1000000 20 1'),
    ('response', 'response', '1000000 1000000 20 1'),
    ('recommendation', 'recommendation', '1000000 1000000 1'),
    ('event', 'event', '1000000 1000000 1'),
    ('course', 'course', '1000000 1000000 20 1'),
    ('distance', 'distance', '1000000 1000000 1'),
    ('distance', 'distance_student', '1000000 1000000 20 20'),
    ('distance', 'distance_key', '1000000 1000000 20 1'),
    ('standing', 'standing', '1000000 1000000 20 1');
