-- Facts: what the events of many articles together say of one happening. All three tables are derived from `event` and
-- `article` and can be built anew from them. Time here is the time of saying: a row holds from `said_from` until
-- `said_until` (NULL: still), whenever it was loaded.

-- The events that have been resolved, by the block in which they were compared.
CREATE TABLE statement (
    event_id      VARCHAR NOT NULL,
    event_version INTEGER NOT NULL,
    block         VARCHAR NOT NULL,
    origin_id     VARCHAR NOT NULL,
    said_from     TIMESTAMPTZ NOT NULL,
    said_until    TIMESTAMPTZ
);

-- The versions of each fact.
CREATE TABLE fact (
    id             VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    block          VARCHAR NOT NULL,
    said_from      TIMESTAMPTZ NOT NULL,
    said_until     TIMESTAMPTZ,
    status         VARCHAR NOT NULL,
    articles       INTEGER NOT NULL,
    origins        INTEGER NOT NULL,
    first_reported TIMESTAMPTZ NOT NULL,
    last_reported  TIMESTAMPTZ NOT NULL,
    when_start     DATE,
    when_end       DATE,
    when_precision VARCHAR,
    value          DOUBLE,                  -- the best value of the kind's first number, with the interval over all claims
    low            DOUBLE,
    high           DOUBLE,
    unit           VARCHAR,
    best_event     VARCHAR NOT NULL,        -- the event that gives value and slots
    payload        JSON NOT NULL,           -- the slots of the kind
    claims         JSON NOT NULL            -- each claimant's own version
);

-- Which statement belongs to which fact, and why.
CREATE TABLE fact_member (
    fact_id       VARCHAR NOT NULL,
    block         VARCHAR NOT NULL,
    event_id      VARCHAR NOT NULL,
    event_version INTEGER NOT NULL,
    article_id    VARCHAR NOT NULL,
    origin_id     VARCHAR NOT NULL,
    said_from     TIMESTAMPTZ NOT NULL,
    said_until    TIMESTAMPTZ,
    reason        VARCHAR NOT NULL,
    tied_to       VARCHAR                   -- the event to which the bond leads
);
