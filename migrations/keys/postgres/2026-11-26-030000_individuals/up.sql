-- Whose data are to go: written together with the end of their keys. Whatever data are opened, an older copy too, lose
-- what is theirs before anybody is let in. The id leads to nobody any more.
CREATE TABLE erasure (
    controller_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (controller_id)
);
