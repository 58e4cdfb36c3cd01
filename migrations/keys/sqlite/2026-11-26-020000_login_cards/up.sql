-- The login card that a student has, one at most: a password on paper, of which only a keyed hash is kept.
CREATE TABLE login_card (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    group_id BLOB NOT NULL,  -- whose teacher made it; it opens for as long as the student is in that group
    secret BLOB NOT NULL,  -- HMAC-SHA-256 with the index key
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, person_id),
    FOREIGN KEY (controller_id, person_id) REFERENCES blind_index (controller_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX login_card_secret ON login_card (secret);
CREATE INDEX login_card_ends_at ON login_card (ends_at);

-- For the planner, as in the first migration.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('login_card', 'login_card', '1000000 1000000 1'),
    ('login_card', 'login_card_secret', '1000000 1'),
    ('login_card', 'login_card_ends_at', '1000000 5000');
