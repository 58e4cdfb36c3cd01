-- What an individual has consented to, step by step. A step is added, never changed; the last one for a purpose holds.
-- The same stands in the other dialect beside this folder.
CREATE TABLE consent (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    number INTEGER NOT NULL,  -- 1 and up, in the order in which it happened
    purpose TEXT NOT NULL,  -- practice or difficulty
    step TEXT NOT NULL,  -- given or withdrawn
    text_version INTEGER NOT NULL,  -- of the sentences that were read
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, person_id, number),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_step ON consent (step, at);

-- For the planner, as in the first migration.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('consent', 'consent', '1000000 4 4 1'),
    ('consent', 'consent_step', '1000000 500000 1');
