-- The login card that a student has, one at most: a password on paper, of which only a keyed hash is kept.
CREATE TABLE login_card (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    group_id BYTEA NOT NULL,  -- whose teacher made it; it opens for as long as the student is in that group
    secret BYTEA NOT NULL,  -- HMAC-SHA-256 with the index key
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, person_id),
    FOREIGN KEY (controller_id, person_id) REFERENCES blind_index (controller_id, person_id)
);
CREATE UNIQUE INDEX login_card_secret ON login_card (secret);
CREATE INDEX login_card_ends_at ON login_card (ends_at);
