-- Who has a protected identity; whose guardian somebody is; error reports. The same stands in the other dialect beside
-- this folder.

-- A protected identity: shown to the person, the teachers of the group, and by no list to anybody else.
ALTER TABLE person ADD COLUMN protected INTEGER NOT NULL DEFAULT 0;

-- Whose guardian somebody is, from when to when. It counts from the day on which the school has confirmed it.
CREATE TABLE guardian_link (
    controller_id BLOB NOT NULL,
    guardian_id BLOB NOT NULL,
    child_id BLOB NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER,  -- the first moment it no longer holds
    confirmed_by BLOB,  -- who confirmed it for the school; absent until then
    PRIMARY KEY (controller_id, guardian_id, child_id, from_at),
    FOREIGN KEY (controller_id, guardian_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, child_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, confirmed_by) REFERENCES person (controller_id, id)
) STRICT, WITHOUT ROWID;

-- Somebody told that something went wrong, perhaps with the calculation that they were at.
CREATE TABLE error_report (
    controller_id BLOB NOT NULL,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,  -- who sent it
    calculation_id BLOB,
    sent_at INTEGER NOT NULL,
    closed_at INTEGER,  -- from then on nobody sees it but who sent it
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX error_report_person ON error_report (controller_id, person_id);
CREATE INDEX error_report_open ON error_report (closed_at, sent_at);

-- For the planner, as in the first migration.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('guardian_link', 'guardian_link', '1000000 1000000 2 1 1'),
    ('error_report', 'error_report', '1000000 1000000 1'),
    ('error_report', 'error_report_person', '1000000 1000000 20'),
    ('error_report', 'error_report_open', '1000000 20 1');
