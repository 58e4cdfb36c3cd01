DROP TABLE class_code;
DROP TABLE session;

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

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('session', 'session', '1000000 1'),
    ('session', 'session_person', '1000000 1000000 20');
