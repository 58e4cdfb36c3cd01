-- Whose data are to go is remembered by a keyed hash, of one person or of all that hang under a controller. What an older
-- program remembered is the id itself, and is still understood.
ALTER TABLE erasure RENAME COLUMN controller_id TO mark;
ALTER TABLE erasure ADD COLUMN rule TEXT NOT NULL DEFAULT 'request';  -- by which
