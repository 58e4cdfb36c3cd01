DROP TABLE class_code;
DROP TABLE session;

CREATE TABLE session (
    token_hash BYTEA NOT NULL,
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
);
CREATE INDEX session_person ON session (controller_id, person_id);
