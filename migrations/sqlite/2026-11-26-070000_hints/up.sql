-- Which hints were opened: from which right line they go on, how strong they are and when.
CREATE TABLE hint (
    controller_id BLOB NOT NULL,
    calculation_id BLOB NOT NULL,
    from_line INTEGER NOT NULL,  -- the number of the line; 0 is the task
    strength INTEGER NOT NULL,  -- 1 and up, the stronger the more it says
    at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, calculation_id, from_line, strength),
    FOREIGN KEY (controller_id, calculation_id) REFERENCES calculation (controller_id, id)
) STRICT, WITHOUT ROWID;

-- Until now hints were the task's, and only how many were open was kept.
INSERT INTO hint (controller_id, calculation_id, from_line, strength, at)
    SELECT controller_id, id, 0, strength, opened_at
    FROM calculation,
        (SELECT 1 AS strength UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) AS strengths
    WHERE hints >= strength;

-- The planner's figures; the first migration says why.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('hint', 'hint', '1000000 1000000 20 20 1');
