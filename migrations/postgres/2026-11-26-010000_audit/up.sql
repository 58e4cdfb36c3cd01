-- Who looked at whose data, and what was decided: a chain of hashes for each controller. The operator's own part stands
-- under sixteen zero bytes, so no controller is referred to here.

-- Where each chain ends.
CREATE TABLE audit_head (
    controller_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (controller_id)
);

-- What is chained. It tells of nobody: who, about whom and the time of day are commitments, opened by the row beside it.
CREATE TABLE audit_event (
    controller_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,  -- 1 and up, without gaps
    day BIGINT NOT NULL,  -- days since 1970-01-01, UTC
    action TEXT NOT NULL,
    class TEXT NOT NULL,  -- of what it was done to
    outcome TEXT NOT NULL,
    actor BYTEA NOT NULL,  -- SHA-256
    subject BYTEA NOT NULL,  -- SHA-256
    hash BYTEA NOT NULL,  -- SHA-256 over all of this and the hash before
    PRIMARY KEY (controller_id, seq)
);

-- Who did it, and about whom, and when. Each side can be taken away without breaking the chain.
CREATE TABLE audit_personal (
    controller_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    actor_controller_id BYTEA,  -- whose person it is; absent where nobody was signed in
    actor_id BYTEA,
    actor_role TEXT,
    actor_salt BYTEA,  -- 16 random bytes; without them the commitment says nothing
    subject_kind TEXT,  -- person, group or nobody
    subject_id BYTEA,
    at BIGINT,
    detail BYTEA,  -- the id of the thing, if one is meant
    subject_salt BYTEA,
    PRIMARY KEY (controller_id, seq),
    FOREIGN KEY (controller_id, seq) REFERENCES audit_event (controller_id, seq)
);
CREATE INDEX audit_personal_subject ON audit_personal (controller_id, subject_id, at);
CREATE INDEX audit_personal_actor ON audit_personal (actor_controller_id, actor_id);
