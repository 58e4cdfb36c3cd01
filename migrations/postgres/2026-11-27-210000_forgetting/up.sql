-- Whoever gave work or steered it may be forgotten, and what they gave stays for the others.
ALTER TABLE assignment ALTER COLUMN given_by DROP NOT NULL;
ALTER TABLE steering ALTER COLUMN by_id DROP NOT NULL;

-- What is asked of the controller about one's own data.
CREATE TABLE request (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,  -- about whom
    kind TEXT NOT NULL,  -- erasure
    asked_by BYTEA,
    asked_at BIGINT NOT NULL,
    answered_by BYTEA,
    answered_at BIGINT,
    answer BYTEA,  -- why not, as it goes with the one who asked if it is done; sealed with the key of whom it is about
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, asked_by) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, answered_by) REFERENCES person (controller_id, id)
);
CREATE INDEX request_person ON request (controller_id, person_id);

-- What keeps somebody's data although they are due.
CREATE TABLE hold (
    controller_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    kind TEXT NOT NULL,  -- legal_claim, archive, accounting or restriction
    ground BYTEA NOT NULL,  -- sealed with the key of whom it is about
    set_by BYTEA,
    set_at BIGINT NOT NULL,
    review_on TEXT NOT NULL,  -- ISO date
    lifted_by BYTEA,
    lifted_at BIGINT,
    PRIMARY KEY (controller_id, id),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, set_by) REFERENCES person (controller_id, id),
    FOREIGN KEY (controller_id, lifted_by) REFERENCES person (controller_id, id)
);
CREATE INDEX hold_person ON hold (controller_id, person_id);

-- That it was asked whether somebody's data are to stay.
CREATE TABLE notice (
    controller_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    rule TEXT NOT NULL,
    counted_from TEXT NOT NULL,  -- ISO date: a visit begins another count
    number SMALLINT NOT NULL,
    sent_on TEXT NOT NULL,  -- ISO date
    PRIMARY KEY (controller_id, person_id, rule, counted_from, number),
    FOREIGN KEY (controller_id, person_id) REFERENCES person (controller_id, id)
);

-- That one person was forgotten: whose data they were is in no row any more.
CREATE TABLE certificate (
    controller_id BYTEA NOT NULL,
    mark BYTEA NOT NULL,  -- the erasure in the key store's ledger
    day BIGINT NOT NULL,  -- days since 1970, UTC
    rule TEXT NOT NULL,  -- by which, or request
    PRIMARY KEY (controller_id, mark),
    FOREIGN KEY (controller_id) REFERENCES controller (id)
);

-- How an exercise went, over at least ten students: what stays when they are forgotten.
CREATE TABLE item_stat (
    exercise TEXT NOT NULL,
    band TEXT NOT NULL,  -- school years 1-3, 4-6, 7-9 or 10-13, or other
    term TEXT NOT NULL,  -- 2026-spring, 2026-autumn
    persons BIGINT NOT NULL,
    responses BIGINT NOT NULL,
    correct BIGINT NOT NULL,
    by_ability TEXT NOT NULL,  -- ten bins, each wrong and right
    by_time TEXT NOT NULL,  -- eight bins
    until BIGINT NOT NULL,  -- responses after this moment are not in it
    PRIMARY KEY (exercise, band, term)
);

-- How much a school practised, over at least five students.
CREATE TABLE usage (
    controller_id BYTEA NOT NULL,
    school_id BYTEA NOT NULL,
    term TEXT NOT NULL,
    students BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (controller_id, school_id, term),
    FOREIGN KEY (controller_id, school_id) REFERENCES school (controller_id, id)
);

-- The last moment that was believed, the last day whose forgetting is done, and the last term that is summed up.
ALTER TABLE house ADD COLUMN trusted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE house ADD COLUMN forgot_on TEXT NOT NULL DEFAULT '';
ALTER TABLE house ADD COLUMN summed_term TEXT NOT NULL DEFAULT '';
