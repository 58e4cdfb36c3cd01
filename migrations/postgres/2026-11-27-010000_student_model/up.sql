-- The student model sees every line and keeps more: its state is one JSON of numbers a student, a skill. What was kept
-- before is left out; a student without a state is made anew from the responses, which say all that the state depends on.
ALTER TABLE student ADD COLUMN start DOUBLE PRECISION;  -- logit: the group's mean when practice began; absent before
ALTER TABLE student ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE student DROP COLUMN variance;

DELETE FROM skill_state;
ALTER TABLE skill_state ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE skill_state DROP COLUMN ability;
ALTER TABLE skill_state DROP COLUMN variance;
ALTER TABLE skill_state DROP COLUMN form;
ALTER TABLE skill_state DROP COLUMN wins;
ALTER TABLE skill_state DROP COLUMN misses;

-- What the student did with the same exercise before; the 200 newest.
CREATE TABLE item_state (
    controller_id BYTEA NOT NULL,
    student_id BYTEA NOT NULL,
    exercise TEXT NOT NULL,
    attempts SMALLINT NOT NULL,
    wins SMALLINT NOT NULL,
    correct BOOLEAN NOT NULL,  -- the newest answer
    place INTEGER NOT NULL,  -- the student's count of answers at the newest
    last_at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, student_id, exercise),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id)
);

ALTER TABLE response ADD COLUMN also TEXT;  -- a second skill that the line tells about
ALTER TABLE response ADD COLUMN is_line BOOLEAN NOT NULL DEFAULT FALSE;  -- a line on the way, not an answer to the item
ALTER TABLE response ADD COLUMN place BIGINT NOT NULL DEFAULT 0;  -- the order of one student's responses: the version they made
-- Those from before this migration come before all others.
UPDATE response SET place = ordered.place - 1000000000
FROM (SELECT controller_id, calculation_id, number,
          row_number() OVER (PARTITION BY controller_id, student_id ORDER BY at, calculation_id, number) AS place
      FROM response) AS ordered
WHERE ordered.controller_id = response.controller_id AND ordered.calculation_id = response.calculation_id
    AND ordered.number = response.number;

-- Difficulties by attempt: what comes after a wrong answer is another task than the first.
ALTER TABLE item_difficulty RENAME TO item_difficulty_before;
CREATE TABLE item_difficulty (
    exercise TEXT NOT NULL,
    attempt SMALLINT NOT NULL,  -- 1, 2 or 3 for the first, second and any further answer to an item; 0 for a line
    moved DOUBLE PRECISION NOT NULL,  -- logit, added to the author's guess
    responses BIGINT NOT NULL,
    information DOUBLE PRECISION NOT NULL,  -- of these responses, 1/logit squared
    -- sums by which an exercise is found to misbehave
    residual DOUBLE PRECISION NOT NULL DEFAULT 0,
    surprise DOUBLE PRECISION NOT NULL DEFAULT 0,
    surprise_variance DOUBLE PRECISION NOT NULL DEFAULT 0,
    covariance DOUBLE PRECISION NOT NULL DEFAULT 0,
    leverage DOUBLE PRECISION NOT NULL DEFAULT 0,
    spread DOUBLE PRECISION NOT NULL DEFAULT 0,
    PRIMARY KEY (exercise, attempt)
);
INSERT INTO item_difficulty (exercise, attempt, moved, responses, information)
    SELECT exercise, 1, moved, responses, 0.2 * responses FROM item_difficulty_before;
DROP TABLE item_difficulty_before;

-- What a teacher wants to be chosen next or not at all, for a student or a whole group.
CREATE TABLE steering (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    group_id BYTEA,  -- one of group and student
    student_id BYTEA,
    kind TEXT NOT NULL,  -- pin or exclude
    skill TEXT,  -- one of skill and exercise
    exercise TEXT,
    by_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, group_id) REFERENCES teaching_group (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id),
    FOREIGN KEY (controller_id, by_id) REFERENCES person (controller_id, id)
);
CREATE INDEX steering_group ON steering (controller_id, group_id);
CREATE INDEX steering_student ON steering (controller_id, student_id);
