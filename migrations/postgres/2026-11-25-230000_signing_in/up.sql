-- Everyone signs in once more: what is known of a session from now on is not known of those before.
DROP TABLE session;

-- Who is signed in. The cookie holds a random token, the row only its SHA-256.
CREATE TABLE session (
    token_hash BYTEA NOT NULL,
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,  -- by which it is ended from elsewhere
    person_id BYTEA NOT NULL,
    browser TEXT,  -- a word such as Chrome, to tell one's devices apart
    system TEXT,  -- a word such as Windows
    group_id BYTEA,  -- the group whose class code opened it
    created_at BIGINT NOT NULL,
    used_on TEXT NOT NULL,  -- the day of its last use where the controller is, ISO date
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id)
);
CREATE INDEX session_person ON session (controller_id, person_id);
CREATE INDEX session_group ON session (controller_id, group_id);

-- The class code that a teacher has opened for a group, while it is open.
CREATE TABLE class_code (
    controller_id BYTEA NOT NULL,
    group_id BYTEA NOT NULL,
    place TEXT NOT NULL,  -- the first half: which group is meant
    secret TEXT NOT NULL,  -- the second half
    opened_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    wrong_tries INTEGER NOT NULL,
    PRIMARY KEY (controller_id, group_id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id)
);
CREATE UNIQUE INDEX class_code_place ON class_code (place);
