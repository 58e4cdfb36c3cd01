DROP TABLE usage;
DROP TABLE item_stat;
DROP TABLE certificate;
DROP TABLE notice;
DROP TABLE hold;
DROP TABLE request;
ALTER TABLE house DROP COLUMN summed_term;
ALTER TABLE house DROP COLUMN forgot_on;
ALTER TABLE house DROP COLUMN trusted_at;
-- What was given by somebody who is forgotten goes: the older tables have no place for it.
UPDATE calculation SET assignment_id = NULL, assignment_number = NULL WHERE (controller_id, assignment_id) IN
    (SELECT controller_id, id FROM assignment WHERE given_by IS NULL);
DELETE FROM assignment_item WHERE (controller_id, assignment_id) IN
    (SELECT controller_id, id FROM assignment WHERE given_by IS NULL);
DELETE FROM assignment WHERE given_by IS NULL;
DELETE FROM steering WHERE by_id IS NULL;
ALTER TABLE assignment ALTER COLUMN given_by SET NOT NULL;
ALTER TABLE steering ALTER COLUMN by_id SET NOT NULL;
