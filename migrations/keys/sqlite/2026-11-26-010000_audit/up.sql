-- Exchanges of keys that the audit does not tell of yet: written with the exchange, and deleted when the data have it.
CREATE TABLE key_exchange (
    id BLOB NOT NULL,
    level TEXT NOT NULL,  -- master_key, controller_keys or person_keys
    controller_id BLOB,  -- absent for the master key
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
