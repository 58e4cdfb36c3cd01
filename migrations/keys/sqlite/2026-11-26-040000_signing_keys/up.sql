-- What access tokens are signed with: Ed25519.
CREATE TABLE signing_key (
    id BLOB NOT NULL,  -- what a token names its key by
    sealed BLOB NOT NULL,  -- the seed, with the master key
    created_at INTEGER NOT NULL,
    signs_from INTEGER NOT NULL,  -- later than it was made, so that every process knows it before the first token comes
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
