-- The draw of an event: what it is drawn by is fixed when the event is made, and told when it is drawn. An event from
-- before has none until its organiser saves it while nobody has finished.
CREATE TABLE draw (
    controller_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    commitment BLOB NOT NULL,  -- SHA-256 of the seed, told from the first moment
    sealed BLOB NOT NULL,  -- the seed, which nobody reads before the draw
    drawn_at INTEGER,  -- absent until it is drawn, once
    seed BLOB,  -- told with the draw
    PRIMARY KEY (controller_id, event_id),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id)
) STRICT, WITHOUT ROWID;
-- The tickets that were in it. Whose they are stands here nowhere.
CREATE TABLE draw_entry (
    controller_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    ticket BLOB NOT NULL,
    place INTEGER,  -- of a ticket that won, from 1
    PRIMARY KEY (controller_id, event_id, ticket),
    FOREIGN KEY (controller_id, event_id) REFERENCES draw (controller_id, event_id)
) STRICT, WITHOUT ROWID;
-- 16 random bytes for who has finished.
ALTER TABLE entrant ADD COLUMN ticket BLOB;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('draw', 'draw', '1000000 1000000 1'),
    ('draw_entry', 'draw_entry', '1000000 1000000 20 1');
