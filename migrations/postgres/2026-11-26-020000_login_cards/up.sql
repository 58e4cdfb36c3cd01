-- Whether a login card opened the session, so that it ends with the card. The cards themselves are in the key store. The
-- same stands in the other dialect beside this folder.
ALTER TABLE session ADD COLUMN by_card BOOLEAN NOT NULL DEFAULT FALSE;
