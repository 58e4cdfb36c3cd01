-- A program that is signed in has a session like a browser, and one of these: the refresh token that is good now, and the
-- one before it. The tokens themselves are nowhere. It goes when its session goes.
CREATE TABLE token_family (
    session_hash BYTEA NOT NULL,
    controller_id BYTEA NOT NULL,
    refresh_hash BYTEA NOT NULL,  -- SHA-256
    before_hash BYTEA,  -- absent until the first exchange
    exchanged_at BIGINT NOT NULL,  -- or opened
    PRIMARY KEY (session_hash),
    FOREIGN KEY (session_hash) REFERENCES session (token_hash) ON DELETE CASCADE
);
