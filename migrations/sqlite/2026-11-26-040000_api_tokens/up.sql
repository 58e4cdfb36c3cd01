-- A program that is signed in has a session like a browser, and one of these: the refresh token that is good now, and the
-- one before it. The tokens themselves are nowhere. It goes when its session goes.
CREATE TABLE token_family (
    session_hash BLOB NOT NULL,
    controller_id BLOB NOT NULL,
    refresh_hash BLOB NOT NULL,  -- SHA-256
    before_hash BLOB,  -- absent until the first exchange
    exchanged_at INTEGER NOT NULL,  -- or opened
    PRIMARY KEY (session_hash),
    FOREIGN KEY (session_hash) REFERENCES session (token_hash) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The planner's figures; the first migration says why.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('token_family', 'token_family', '1000000 1');
