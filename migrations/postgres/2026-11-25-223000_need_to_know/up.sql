-- Who has a protected identity; whose guardian somebody is; error reports. The same stands in the other dialect beside
-- this folder.

-- A protected identity: shown to the person, the teachers of the group, and by no list to anybody else.
ALTER TABLE person ADD COLUMN protected BOOLEAN NOT NULL DEFAULT FALSE;

-- Whose guardian somebody is, from when to when. It counts from the day on which the school has confirmed it.
CREATE TABLE guardian_link (
    controller_id BYTEA NOT NULL,
    guardian_id BYTEA NOT NULL,
    child_id BYTEA NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT,  -- the first moment it no longer holds
    confirmed_by BYTEA,  -- who confirmed it for the school; absent until then
    PRIMARY KEY (controller_id, guardian_id, child_id, from_at),
    FOREIGN KEY (controller_id, guardian_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, child_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, confirmed_by) REFERENCES person (controller_id, id)
);

-- Somebody told that something went wrong, perhaps with the calculation that they were at.
CREATE TABLE error_report (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,  -- who sent it
    calculation_id BYTEA,
    sent_at BIGINT NOT NULL,
    closed_at BIGINT,  -- from then on nobody sees it but who sent it
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
);
CREATE INDEX error_report_person ON error_report (controller_id, person_id);
CREATE INDEX error_report_open ON error_report (closed_at, sent_at);
