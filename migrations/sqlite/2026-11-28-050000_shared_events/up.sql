-- An event over several controllers: each that takes part has the event and its courses for itself, under the same id.
-- Whose event it is; the controller's own, or that of another whose organiser has opened it.
ALTER TABLE event ADD COLUMN host BLOB NOT NULL DEFAULT x'';
UPDATE event SET host = controller_id;
-- Who else may take part: own (nobody), invited or all.
ALTER TABLE event ADD COLUMN open_to TEXT NOT NULL DEFAULT 'own';
-- What others type to take part, if it is open to invited ones; at the host only.
ALTER TABLE event ADD COLUMN invitation TEXT NOT NULL DEFAULT '';
UPDATE event SET invitation = hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2));
CREATE INDEX event_id ON event (id, host);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('event', 'event_id', '1000000 20 20');
