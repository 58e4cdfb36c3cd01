-- Who takes part in a MatteMaraton, in which course, and how far they have come.
CREATE TABLE entrant (
    controller_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    student_id BYTEA NOT NULL,
    school_id BYTEA NOT NULL,
    course SMALLINT,  -- absent until one is picked
    items INTEGER NOT NULL,  -- finished during the event, of the course
    metres INTEGER NOT NULL,  -- approved
    finished_at BIGINT,  -- when both goals were reached first
    PRIMARY KEY (controller_id, event_id, student_id),
    FOREIGN KEY (controller_id, event_id) REFERENCES event (controller_id, id),
    FOREIGN KEY (controller_id, event_id, course) REFERENCES course (controller_id, event_id, number),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id),
    FOREIGN KEY (controller_id, student_id) REFERENCES student (controller_id, person_id)
);
CREATE INDEX entrant_student ON entrant (controller_id, student_id);

ALTER TABLE standing ADD COLUMN entrants BIGINT NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN finishers BIGINT NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN items BIGINT NOT NULL DEFAULT 0;

-- Who has reported a distance takes part, in the school that they reported the first one from.
INSERT INTO entrant (controller_id, event_id, student_id, school_id, items, metres)
SELECT controller_id, event_id, student_id,
    (SELECT first.school_id FROM distance AS first
        WHERE first.controller_id = distance.controller_id AND first.event_id = distance.event_id
            AND first.student_id = distance.student_id
        ORDER BY first.reported_at, first.id LIMIT 1),
    0, CAST(SUM(CASE WHEN approved_at IS NULL THEN 0 ELSE metres END) AS INTEGER)
FROM distance
GROUP BY controller_id, event_id, student_id;
INSERT INTO standing (controller_id, event_id, school_id, metres, distances)
SELECT DISTINCT controller_id, event_id, school_id, 0, 0 FROM entrant
WHERE NOT EXISTS (SELECT 1 FROM standing
    WHERE standing.controller_id = entrant.controller_id AND standing.event_id = entrant.event_id
        AND standing.school_id = entrant.school_id);
UPDATE standing SET entrants = (SELECT COUNT(*) FROM entrant
    WHERE entrant.controller_id = standing.controller_id AND entrant.event_id = standing.event_id
        AND entrant.school_id = standing.school_id);
