-- Exchanges of keys that the audit does not tell of yet: written with the exchange, and deleted when the data have it.
CREATE TABLE key_exchange (
    id BYTEA NOT NULL,
    level TEXT NOT NULL,  -- master_key, controller_keys or person_keys
    controller_id BYTEA,  -- absent for the master key
    at BIGINT NOT NULL,
    PRIMARY KEY (id)
);
