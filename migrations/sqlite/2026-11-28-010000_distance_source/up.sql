-- What the metres of a distance were counted from: kilometres that were typed, minutes (3 km an hour), or the track of a
-- watch, of which nothing else is kept.
ALTER TABLE distance ADD COLUMN source TEXT NOT NULL DEFAULT 'kilometres';  -- kilometres, minutes or track
