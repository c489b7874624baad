-- What the audit found: derived from current events and facts, replaced whole by each audit.
CREATE TABLE finding (
    id         VARCHAR NOT NULL,                -- the same check of the same subjects always has the same id
    check_name VARCHAR NOT NULL,
    severity   VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'notice')),
    kind       VARCHAR NOT NULL,
    message    VARCHAR NOT NULL,
    when_start DATE,                            -- from the first to the last day of which its subjects speak
    when_end   DATE,
    first_said TIMESTAMPTZ NOT NULL,            -- when the last of its subjects was said
    -- The statements on both sides. Where one statement contradicts itself, the other side is empty.
    one_side   STRUCT(event_id VARCHAR, fact_id VARCHAR, article_id VARCHAR, claimed_by VARCHAR,
                      said_from TIMESTAMPTZ, evidence VARCHAR)[] NOT NULL,
    other_side STRUCT(event_id VARCHAR, fact_id VARCHAR, article_id VARCHAR, claimed_by VARCHAR,
                      said_from TIMESTAMPTZ, evidence VARCHAR)[] NOT NULL
);
