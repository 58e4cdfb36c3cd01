-- A student says that a line which was judged wrong is right; a teacher answers.
CREATE TABLE appeal (
    controller_id BYTEA NOT NULL,
    calculation_id BYTEA NOT NULL,
    number SMALLINT NOT NULL,  -- of the line
    student_id BYTEA NOT NULL,
    checker TEXT NOT NULL,  -- the version of the step checker at that time
    at BIGINT NOT NULL,
    answered_by BYTEA,  -- the teacher
    answered_at BIGINT,
    holds BOOLEAN,  -- what the teacher says: the line is right
    PRIMARY KEY (controller_id, calculation_id, number),
    FOREIGN KEY (controller_id, calculation_id, number) REFERENCES line (controller_id, calculation_id, number)
);

-- Those of a group that wait for an answer.
CREATE INDEX appeal_student ON appeal (controller_id, student_id, answered_at);
