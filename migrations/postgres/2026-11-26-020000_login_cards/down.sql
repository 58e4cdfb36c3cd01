ALTER TABLE session DROP COLUMN by_card;
