-- How fast an event goes, by the hour, and whether everybody may see how it stands.
-- The controller's own choice: its schools stand on the page for all.
ALTER TABLE event ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0;
-- What a school had come to when the hour began, and the one before; nothing if it was not shown then.
ALTER TABLE standing ADD COLUMN hour_items INTEGER;
ALTER TABLE standing ADD COLUMN hour_metres INTEGER;
ALTER TABLE standing ADD COLUMN before_items INTEGER;
ALTER TABLE standing ADD COLUMN before_metres INTEGER;

-- What the schools that are shown came to in an hour, together.
CREATE TABLE pace (
    controller_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,  -- an hour before, or more if nobody counted; the same where counting began
    items INTEGER NOT NULL,
    metres INTEGER NOT NULL,
    PRIMARY KEY (controller_id, event_id, ends_at),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('pace', 'pace', '1000000 1000000 20 1');
