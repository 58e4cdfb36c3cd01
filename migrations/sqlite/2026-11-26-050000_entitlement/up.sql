-- Which school has which material until when. What is not entitled is not found.
CREATE TABLE entitlement (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    school_id BLOB,  -- absent: all schools of the controller, and whoever is at none
    material TEXT NOT NULL,  -- of the bank, or all
    from_at INTEGER NOT NULL,
    to_at INTEGER,  -- the first moment without it
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id) REFERENCES controller (id),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
) STRICT, WITHOUT ROWID;

-- Everyone who is here keeps what they have, without an end.
INSERT INTO entitlement (controller_id, id, school_id, material, from_at, to_at)
    SELECT id, id, NULL, 'all', created_at, NULL FROM controller;

-- The planner's figures; the first migration says why.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('entitlement', 'entitlement', '1000000 20 1');
