-- The last day on which somebody was here, where the controller is: sessions go, and what is kept is counted from it.
ALTER TABLE person ADD COLUMN active_on TEXT;  -- absent: never

UPDATE person SET active_on = (
    SELECT MAX(session.used_on) FROM session
    WHERE session.controller_id = person.controller_id AND session.person_id = person.id
);
-- What somebody practised tells of days whose sessions have gone; UTC, at most a day off.
UPDATE person SET active_on = GREATEST(
    to_char(to_timestamp(student.last_at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD'), COALESCE(person.active_on, '')
)
FROM student
WHERE student.controller_id = person.controller_id AND student.person_id = person.id AND student.last_at > 0;
