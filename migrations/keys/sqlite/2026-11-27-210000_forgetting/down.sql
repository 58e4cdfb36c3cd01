ALTER TABLE erasure DROP COLUMN rule;
DELETE FROM erasure WHERE length(mark) <> 16;
ALTER TABLE erasure RENAME COLUMN mark TO controller_id;
