-- The key store: apart from the data, and from their copies. Deleting somebody's keys here is what forgets them.

-- One row: what the others hang under.
CREATE TABLE key_ring (
    id BYTEA NOT NULL,  -- the data name the key store that they go with
    master_version INTEGER NOT NULL,
    index_key BYTEA NOT NULL,  -- sealed with the master key, so it also shows whether that is the right one
    sheet_confirmed_at BIGINT,
    changes BIGINT NOT NULL,  -- raised when keys change or go, so that other processes forget what they hold in memory
    PRIMARY KEY (id)
);

CREATE TABLE controller_key (
    controller_id BYTEA NOT NULL,
    version INTEGER NOT NULL,  -- 1 and up
    sealed BYTEA NOT NULL,  -- with the master key
    created_at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, version)
);

-- Finds a person by a name: HMAC-SHA-256 with the index key.
CREATE TABLE blind_index (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    user_name BYTEA NOT NULL,
    email BYTEA,
    external_id BYTEA,  -- the controller is part of what is hashed
    PRIMARY KEY (controller_id, person_id)
);
CREATE UNIQUE INDEX blind_index_user_name ON blind_index (user_name);
CREATE INDEX blind_index_email ON blind_index (email);
CREATE UNIQUE INDEX blind_index_external_id ON blind_index (external_id);

-- More than one version while texts are sealed anew with the newest.
CREATE TABLE person_key (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    version INTEGER NOT NULL,  -- 1 and up
    controller_version INTEGER NOT NULL,
    sealed BYTEA NOT NULL,  -- with the controller's key
    created_at BIGINT NOT NULL,
    retired_at BIGINT,  -- when nothing was sealed with it any more
    PRIMARY KEY (controller_id, person_id, version),
    FOREIGN KEY (controller_id, person_id) REFERENCES blind_index (controller_id, person_id),
    FOREIGN KEY (controller_id, controller_version) REFERENCES controller_key (controller_id, version)
);
CREATE INDEX person_key_controller ON person_key (controller_id, controller_version);
CREATE INDEX person_key_version ON person_key (version);

CREATE TABLE credential (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    password_hash TEXT NOT NULL,  -- Argon2id, PHC string
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, person_id),
    FOREIGN KEY (controller_id, person_id) REFERENCES blind_index (controller_id, person_id)
);
