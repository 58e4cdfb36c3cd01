-- How fast an event goes, by the hour, and whether everybody may see how it stands.
-- The controller's own choice: its schools stand on the page for all.
ALTER TABLE event ADD COLUMN is_public BOOLEAN NOT NULL DEFAULT FALSE;
-- What a school had come to when the hour began, and the one before; nothing if it was not shown then.
ALTER TABLE standing ADD COLUMN hour_items BIGINT;
ALTER TABLE standing ADD COLUMN hour_metres BIGINT;
ALTER TABLE standing ADD COLUMN before_items BIGINT;
ALTER TABLE standing ADD COLUMN before_metres BIGINT;

-- What the schools that are shown came to in an hour, together.
CREATE TABLE pace (
    controller_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    ends_at BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,  -- an hour before, or more if nobody counted; the same where counting began
    items BIGINT NOT NULL,
    metres BIGINT NOT NULL,
    PRIMARY KEY (controller_id, event_id, ends_at),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id)
);
