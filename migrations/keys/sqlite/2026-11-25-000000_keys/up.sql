-- The key store: apart from the data, and from their copies. Deleting somebody's keys here is what forgets them.

-- One row: what the others hang under.
CREATE TABLE key_ring (
    id BLOB NOT NULL,  -- the data name the key store that they go with
    master_version INTEGER NOT NULL,
    index_key BLOB NOT NULL,  -- sealed with the master key, so it also shows whether that is the right one
    sheet_confirmed_at INTEGER,
    changes INTEGER NOT NULL,  -- raised when keys change or go, so that other processes forget what they hold in memory
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE controller_key (
    controller_id BLOB NOT NULL,
    version INTEGER NOT NULL,  -- 1 and up
    sealed BLOB NOT NULL,  -- with the master key
    created_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, version)
) STRICT, WITHOUT ROWID;

-- Finds a person by a name: HMAC-SHA-256 with the index key.
CREATE TABLE blind_index (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    user_name BLOB NOT NULL,
    email BLOB,
    external_id BLOB,  -- the controller is part of what is hashed
    PRIMARY KEY (controller_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX blind_index_user_name ON blind_index (user_name);
CREATE INDEX blind_index_email ON blind_index (email);
CREATE UNIQUE INDEX blind_index_external_id ON blind_index (external_id);

-- More than one version while texts are sealed anew with the newest.
CREATE TABLE person_key (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    version INTEGER NOT NULL,  -- 1 and up
    controller_version INTEGER NOT NULL,
    sealed BLOB NOT NULL,  -- with the controller's key
    created_at INTEGER NOT NULL,
    retired_at INTEGER,  -- when nothing was sealed with it any more
    PRIMARY KEY (controller_id, person_id, version),
    FOREIGN KEY (controller_id, person_id) REFERENCES blind_index (controller_id, person_id),
    FOREIGN KEY (controller_id, controller_version) REFERENCES controller_key (controller_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_key_controller ON person_key (controller_id, controller_version);
CREATE INDEX person_key_version ON person_key (version);

CREATE TABLE credential (
    controller_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    password_hash TEXT NOT NULL,  -- Argon2id, PHC string
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, person_id),
    FOREIGN KEY (controller_id, person_id) REFERENCES blind_index (controller_id, person_id)
) STRICT, WITHOUT ROWID;

-- As in the data: one controller owns nearly everything, which the planner cannot know.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('controller_key', 'controller_key', '1000000 20 1'),
    ('blind_index', 'blind_index', '1000000 1000000 1'),
    ('person_key', 'person_key', '1000000 1000000 2 1'),
    ('person_key', 'person_key_controller', '1000000 1000000 500000'),
    ('credential', 'credential', '1000000 1000000 1');
