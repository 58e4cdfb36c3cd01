-- Which hints were opened: from which right line they go on, how strong they are and when.
CREATE TABLE hint (
    controller_id BYTEA NOT NULL,
    calculation_id BYTEA NOT NULL,
    from_line SMALLINT NOT NULL,  -- the number of the line; 0 is the task
    strength SMALLINT NOT NULL,  -- 1 and up, the stronger the more it says
    at BIGINT NOT NULL,
    PRIMARY KEY (controller_id, calculation_id, from_line, strength),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
);

-- Until now hints were the task's, and only how many were open was kept.
INSERT INTO hint (controller_id, calculation_id, from_line, strength, at)
    SELECT controller_id, id, 0, strength, opened_at
    FROM calculation,
        (SELECT 1 AS strength UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) AS strengths
    WHERE hints >= strength;
