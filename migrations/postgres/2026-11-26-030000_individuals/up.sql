-- What an individual has consented to, step by step. A step is added, never changed; the last one for a purpose holds.
-- The same stands in the other dialect beside this folder.
CREATE TABLE consent (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    number INTEGER NOT NULL,  -- 1 and up, in the order in which it happened
    purpose TEXT NOT NULL,  -- practice or difficulty
    step TEXT NOT NULL,  -- given or withdrawn
    text_version INTEGER NOT NULL,  -- of the sentences that were read
    at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, person_id, number),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
);
CREATE INDEX consent_step ON consent (step, at);
