-- Everyone signs in once more: what is known of a session from now on is not known of those before.
DROP TABLE session;

-- Who is signed in. The cookie holds a random token, the row only its SHA-256.
CREATE TABLE session (
    token_hash BLOB NOT NULL,
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,  -- by which it is ended from elsewhere
    person_id BLOB NOT NULL,
    browser TEXT,  -- a word such as Chrome, to tell one's devices apart
    system TEXT,  -- a word such as Windows
    group_id BLOB,  -- the group whose class code opened it
    created_at INTEGER NOT NULL,
    used_on TEXT NOT NULL,  -- the day of its last use where the controller is, ISO date
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (controller_id, person_id);
CREATE INDEX session_group ON session (controller_id, group_id);

-- The class code that a teacher has opened for a group, while it is open.
CREATE TABLE class_code (
    controller_id BLOB NOT NULL,
    group_id BLOB NOT NULL,
    place TEXT NOT NULL,  -- the first half: which group is meant
    secret TEXT NOT NULL,  -- the second half
    opened_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    wrong_tries INTEGER NOT NULL,
    PRIMARY KEY (controller_id, group_id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX class_code_place ON class_code (place);

-- The planner's figures; the first migration says why. Those of the dropped table went with it.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('session', 'session', '1000000 1'),
    ('session', 'session_person', '1000000 1000000 20'),
    ('session', 'session_group', '1000000 1000000 20'),
    ('class_code', 'class_code', '1000000 1000000 1'),
    ('class_code', 'class_code_place', '1000000 1');
