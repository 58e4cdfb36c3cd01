-- Whose data are to go: written together with the end of their keys. Whatever data are opened, an older copy too, lose
-- what is theirs before anybody is let in. The id leads to nobody any more.
CREATE TABLE erasure (
    controller_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('erasure', 'erasure', '1000000 1');
