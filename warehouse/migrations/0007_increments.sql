-- Facts are brought up to date at a cost that follows what is new. All tables here are derived, and are filled anew by
-- the next resolution.
DROP TABLE statement;
DROP TABLE fact;
DROP TABLE fact_member;

-- The code that derived tables were derived by: where it differs, they are derived anew.
CREATE TABLE derivation (
    name    VARCHAR NOT NULL,                   -- facts, findings
    version VARCHAR NOT NULL
);

-- The events that have been resolved. Only statements of one block, near each other in time, are compared.
CREATE TABLE statement (
    event_id      VARCHAR NOT NULL,
    event_version INTEGER NOT NULL,
    block         VARCHAR NOT NULL,
    is_dated      BOOLEAN NOT NULL,
    day           DATE NOT NULL,                -- the last day it speaks of, else that of its saying in UTC
    origin_id     VARCHAR NOT NULL,
    said_from     TIMESTAMPTZ NOT NULL,
    said_until    TIMESTAMPTZ
);

-- The versions of each fact.
CREATE TABLE fact (
    id             VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
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
    event_id      VARCHAR NOT NULL,
    event_version INTEGER NOT NULL,
    article_id    VARCHAR NOT NULL,
    origin_id     VARCHAR NOT NULL,
    said_from     TIMESTAMPTZ NOT NULL,
    said_until    TIMESTAMPTZ,
    reason        VARCHAR NOT NULL,
    tied_to       VARCHAR,                  -- the event to which the bond leads, and its version; NULL: opened the fact
    tied_version  INTEGER,
    strength      DOUBLE NOT NULL           -- of the bond; only a stronger or an older one would lead elsewhere
);

-- What is said now, as it was last audited. Beside it stands one table a kind, audited_meeting and so on, whose columns
-- are derived from the kind when an audit begins from empty.
CREATE TABLE audited_statement (
    event_id       VARCHAR NOT NULL,
    event_version  INTEGER NOT NULL,
    kind           VARCHAR NOT NULL,
    article_id     VARCHAR NOT NULL,
    origin_id      VARCHAR NOT NULL,
    fact_id        VARCHAR,
    source         VARCHAR NOT NULL,
    said_from      TIMESTAMPTZ NOT NULL,
    said_on        DATE NOT NULL,               -- the day of saying where the article appeared
    claimed_by     VARCHAR,
    modality       VARCHAR NOT NULL,
    when_start     DATE,
    when_end       DATE,
    when_precision VARCHAR,
    evidence       VARCHAR NOT NULL,
    part           VARCHAR NOT NULL,            -- where the first evidence stands
    "start"        INTEGER NOT NULL,
    "end"          INTEGER NOT NULL
);
