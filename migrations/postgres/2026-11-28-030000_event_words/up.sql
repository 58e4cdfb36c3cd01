-- What the organiser says of an event: its rules, and what is announced while it runs. Empty where nothing is said.
ALTER TABLE event ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN announcement TEXT NOT NULL DEFAULT '';
