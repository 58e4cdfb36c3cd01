-- What access tokens are signed with: Ed25519.
CREATE TABLE signing_key (
    id BYTEA NOT NULL,  -- what a token names its key by
    sealed BYTEA NOT NULL,  -- the seed, with the master key
    created_at BIGINT NOT NULL,
    signs_from BIGINT NOT NULL,  -- later than it was made, so that every process knows it before the first token comes
    PRIMARY KEY (id)
);
