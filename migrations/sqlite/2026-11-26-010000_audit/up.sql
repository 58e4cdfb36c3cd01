-- Who looked at whose data, and what was decided: a chain of hashes for each controller. The operator's own part stands
-- under sixteen zero bytes, so no controller is referred to here.

-- Where each chain ends.
CREATE TABLE audit_head (
    controller_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (controller_id)
) STRICT, WITHOUT ROWID;

-- What is chained. It tells of nobody: who, about whom and the time of day are commitments, opened by the row beside it.
CREATE TABLE audit_event (
    controller_id BLOB NOT NULL,
    seq INTEGER NOT NULL,  -- 1 and up, without gaps
    day INTEGER NOT NULL,  -- days since 1970-01-01, UTC
    action TEXT NOT NULL,
    class TEXT NOT NULL,  -- of what it was done to
    outcome TEXT NOT NULL,
    actor BLOB NOT NULL,  -- SHA-256
    subject BLOB NOT NULL,  -- SHA-256
    hash BLOB NOT NULL,  -- SHA-256 over all of this and the hash before
    PRIMARY KEY (controller_id, seq)
) STRICT, WITHOUT ROWID;

-- Who did it, and about whom, and when. Each side can be taken away without breaking the chain.
CREATE TABLE audit_personal (
    controller_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    actor_controller_id BLOB,  -- whose person it is; absent where nobody was signed in
    actor_id BLOB,
    actor_role TEXT,
    actor_salt BLOB,  -- 16 random bytes; without them the commitment says nothing
    subject_kind TEXT,  -- person, group or nobody
    subject_id BLOB,
    at INTEGER,
    detail BLOB,  -- the id of the thing, if one is meant
    subject_salt BLOB,
    PRIMARY KEY (controller_id, seq),
    FOREIGN KEY (controller_id, seq) REFERENCES audit_event (controller_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_personal_subject ON audit_personal (controller_id, subject_id, at);
CREATE INDEX audit_personal_actor ON audit_personal (actor_controller_id, actor_id);

-- The planner's figures; the first migration says why.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('audit_head', 'audit_head', '20 1'),
    ('audit_event', 'audit_event', '1000000 1000000 1'),
    ('audit_personal', 'audit_personal', '1000000 1000000 1'),
    ('audit_personal', 'audit_personal_subject', '1000000 1000000 200 1'),
    ('audit_personal', 'audit_personal_actor', '1000000 1000000 200');
