-- Times are milliseconds UTC; ids are 16 random bytes. The same tables stand in the other dialect beside this folder.

-- Which key store these data go with: one row.
CREATE TABLE house (
    key_store BYTEA NOT NULL,
    PRIMARY KEY (key_store)
);

-- Who decides over personal data: a municipality, a school company or one individual.
CREATE TABLE controller (
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,  -- municipality, company or individual
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,  -- IANA name, for calendars
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE school (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    external_id TEXT,  -- the roster's own id
    name TEXT NOT NULL,
    number_of_students INTEGER NOT NULL,
    address TEXT,
    latitude DOUBLE PRECISION,  -- degrees
    longitude DOUBLE PRECISION,  -- degrees
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
);
CREATE UNIQUE INDEX school_external_id ON school (controller_id, external_id);

-- A class or teaching group («group» is a reserved word in SQL).
CREATE TABLE teaching_group (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    school_id BYTEA NOT NULL,
    external_id TEXT,
    name TEXT NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
);
CREATE INDEX teaching_group_school ON teaching_group (controller_id, school_id);

-- Names are sealed with the person's key. What finds somebody by one of them is in the key store.
CREATE TABLE person (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    external_id BYTEA,
    name BYTEA NOT NULL,
    user_name BYTEA NOT NULL,
    email BYTEA,
    school_year SMALLINT,  -- 1-12
    language TEXT NOT NULL,  -- sv, nb, nn or en
    language_form TEXT,  -- the form of the language that the person asked for, such as easy reading
    report_system TEXT,  -- operating system, from the last error report only
    report_browser TEXT,  -- browser, from the last error report only
    created_at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
);

-- Who is in which school or group, as what, from when to when.
CREATE TABLE membership (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    school_id BYTEA,  -- absent for the officer of the controller
    group_id BYTEA,  -- absent for a role at the whole school
    role TEXT NOT NULL,  -- student, teacher, mentor, school_admin, officer or individual
    from_at BIGINT NOT NULL,
    to_at BIGINT,  -- the first moment it no longer holds
    PRIMARY KEY (controller_id, person_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id)
);
CREATE INDEX membership_group ON membership (controller_id, group_id);

-- Who is signed in. The cookie holds a random token, the row only its SHA-256.
CREATE TABLE session (
    token_hash BYTEA NOT NULL,
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
);
CREATE INDEX session_person ON session (controller_id, person_id);

-- The row that every change of a student's practice takes first and whose version it compares, with the general part of the student model.
CREATE TABLE student (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    ability DOUBLE PRECISION NOT NULL,  -- logit
    variance DOUBLE PRECISION NOT NULL,  -- logit squared
    responses INTEGER NOT NULL,
    last_at BIGINT NOT NULL,  -- the last response
    PRIMARY KEY (controller_id, person_id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
);

-- The student model, one row a student and skill.
CREATE TABLE skill_state (
    controller_id BYTEA NOT NULL,
    student_id BYTEA NOT NULL,
    skill TEXT NOT NULL,
    ability DOUBLE PRECISION NOT NULL,  -- logit, added to the general ability
    variance DOUBLE PRECISION NOT NULL,  -- logit squared
    form DOUBLE PRECISION NOT NULL,  -- recent surprise, a decaying mean
    responses INTEGER NOT NULL,
    wins INTEGER NOT NULL,
    misses INTEGER NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, student_id, skill),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id)
);

CREATE TABLE assignment (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    school_id BYTEA NOT NULL,
    group_id BYTEA,  -- one of group and student
    student_id BYTEA,
    kind TEXT NOT NULL,  -- homework, bookmark, test or discussion
    title BYTEA NOT NULL,  -- sealed with the key of who gave it
    given_by BYTEA NOT NULL,
    given_at BIGINT NOT NULL,
    active_from BIGINT NOT NULL,
    due_at BIGINT,
    taken_back_at BIGINT,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, given_by) REFERENCES person (controller_id, id)
);
CREATE INDEX assignment_group ON assignment (controller_id, group_id);
CREATE INDEX assignment_student ON assignment (controller_id, student_id);

CREATE TABLE assignment_item (
    controller_id BYTEA NOT NULL,
    assignment_id BYTEA NOT NULL,
    number SMALLINT NOT NULL,  -- 1 and up
    exercise TEXT NOT NULL,
    seed BIGINT NOT NULL,
    PRIMARY KEY (controller_id, assignment_id, number),
    FOREIGN KEY (controller_id, assignment_id) REFERENCES assignment (controller_id, id)
);

-- A student's worked solution of one item (exercise + seed).
CREATE TABLE calculation (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    student_id BYTEA NOT NULL,
    exercise TEXT NOT NULL,
    seed BIGINT NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL,  -- logit, as used
    assignment_id BYTEA,
    assignment_number SMALLINT,
    hints SMALLINT NOT NULL,  -- how many hints were opened
    opened_at BIGINT NOT NULL,
    finished_at BIGINT,
    left_at BIGINT,  -- when the student chose another task
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, assignment_id, assignment_number) REFERENCES assignment_item (controller_id, assignment_id, number)
);
CREATE INDEX calculation_student ON calculation (controller_id, student_id, opened_at);
CREATE INDEX calculation_assignment ON calculation (controller_id, assignment_id);

CREATE TABLE line (
    controller_id BYTEA NOT NULL,
    calculation_id BYTEA NOT NULL,
    number SMALLINT NOT NULL,  -- 1 and up
    key BYTEA NOT NULL,  -- idempotency key, made by the browser
    entered BYTEA NOT NULL,  -- what the student typed, sealed with the student's key
    at BIGINT NOT NULL,
    verdict TEXT NOT NULL,  -- right, goal, unfinished, wrong or unreadable
    answer BYTEA NOT NULL,  -- the whole judgement that was given, JSON, sealed likewise
    PRIMARY KEY (controller_id, calculation_id, number),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
);

-- What the student model has seen.
CREATE TABLE response (
    controller_id BYTEA NOT NULL,
    calculation_id BYTEA NOT NULL,
    number SMALLINT NOT NULL,  -- the line that gave it
    student_id BYTEA NOT NULL,
    skill TEXT NOT NULL,
    exercise TEXT NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL,  -- logit, as used
    correct BOOLEAN NOT NULL,
    milliseconds BIGINT NOT NULL,  -- from opening to this line
    attempt SMALLINT NOT NULL,  -- 1 for the first answer to the item
    at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, calculation_id, number),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
);

-- Why a calculation was chosen.
CREATE TABLE recommendation (
    controller_id BYTEA NOT NULL,
    calculation_id BYTEA NOT NULL,
    student_id BYTEA NOT NULL,
    exercise TEXT NOT NULL,
    reason TEXT NOT NULL,  -- JSON
    probability DOUBLE PRECISION NOT NULL,  -- predicted, 0-1
    propensity DOUBLE PRECISION NOT NULL,  -- how likely this choice was, 0-1
    at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, calculation_id),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
);

-- Difficulty of an exercise, moved online. Not personal.
CREATE TABLE item_difficulty (
    exercise TEXT NOT NULL,
    moved DOUBLE PRECISION NOT NULL,  -- logit, added to the author's guess
    responses BIGINT NOT NULL,
    PRIMARY KEY (exercise)
);

-- A MatteMaraton.
CREATE TABLE event (
    controller_id BYTEA NOT NULL,  -- the organiser
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    goal_metres INTEGER NOT NULL,
    goal_items INTEGER NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
);

-- The items of an event at one level.
CREATE TABLE course (
    controller_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    number SMALLINT NOT NULL,
    name TEXT NOT NULL,
    from_year SMALLINT NOT NULL,
    to_year SMALLINT NOT NULL,
    PRIMARY KEY (controller_id, event_id, number),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id)
);

-- Kilometres by own power, reported by a student, approved by a teacher.
CREATE TABLE distance (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    school_id BYTEA NOT NULL,
    student_id BYTEA NOT NULL,
    metres INTEGER NOT NULL,
    seconds INTEGER,
    travelled_on TEXT NOT NULL,  -- ISO date
    reported_at BIGINT NOT NULL,
    key BYTEA NOT NULL,  -- idempotency key
    approved_by BYTEA,
    approved_at BIGINT,
    returned_at BIGINT,  -- when a teacher gave it back
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, approved_by) REFERENCES person (controller_id, id)
);
CREATE INDEX distance_student ON distance (controller_id, student_id, event_id);
CREATE UNIQUE INDEX distance_key ON distance (controller_id, student_id, key);

-- A school's place in an event, kept up when a distance is approved.
CREATE TABLE standing (
    controller_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    school_id BYTEA NOT NULL,
    metres BIGINT NOT NULL,
    distances BIGINT NOT NULL,
    PRIMARY KEY (controller_id, event_id, school_id),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
);
