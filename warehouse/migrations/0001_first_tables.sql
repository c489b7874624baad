-- The first tables. Rows are never overwritten or deleted: a row holds from `believed_from` until
-- `believed_until`, and the current row is the one whose `believed_until` is NULL.
-- No primary or foreign keys: a key index makes the bulk load some forty times slower. The load checks
-- what the keys would have promised, inside its transaction (warehouse/load.py).

-- One row per text of an article; `version` counts from 1.
CREATE TABLE article (
    id                 VARCHAR NOT NULL,
    version            INTEGER NOT NULL,
    source             VARCHAR NOT NULL,
    url                VARCHAR,
    title              VARCHAR NOT NULL,
    published          TIMESTAMPTZ NOT NULL,
    utc_offset_minutes SMALLINT NOT NULL,       -- the source's own offset, lost in TIMESTAMPTZ
    language           VARCHAR NOT NULL,
    script             VARCHAR NOT NULL,
    text               VARCHAR NOT NULL,
    captions           VARCHAR[] NOT NULL,
    content_hash       VARCHAR NOT NULL,
    run_id             VARCHAR NOT NULL,
    believed_from      TIMESTAMPTZ NOT NULL,
    believed_until     TIMESTAMPTZ
);

-- Which extractor version read which version of an article: also an article without events has been read.
CREATE TABLE reading (
    article_id        VARCHAR NOT NULL,
    article_version   INTEGER NOT NULL,
    extractor_version VARCHAR NOT NULL,
    run_id            VARCHAR NOT NULL,
    believed_from     TIMESTAMPTZ NOT NULL,
    believed_until    TIMESTAMPTZ
);

-- What one version of an article states; `version` counts the texts and readings of one event id from 1.
CREATE TABLE event (
    id                VARCHAR NOT NULL,
    version           INTEGER NOT NULL,
    kind              VARCHAR NOT NULL,
    article_id        VARCHAR NOT NULL,
    article_version   INTEGER NOT NULL,
    claimed_by        VARCHAR,
    claimant_side     VARCHAR,
    claimant_span     STRUCT(part VARCHAR, "start" INTEGER, "end" INTEGER, "text" VARCHAR),
    modality          VARCHAR NOT NULL,
    when_start        DATE,
    when_end          DATE,
    when_precision    VARCHAR,
    found_by          VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,         -- the first that read it so; the current one is in `reading`
    payload           JSON NOT NULL,            -- the slots of the kind
    content_hash      VARCHAR NOT NULL,         -- over everything but the extractor version
    run_id            VARCHAR NOT NULL,
    believed_from     TIMESTAMPTZ NOT NULL,
    believed_until    TIMESTAMPTZ
);

-- Verbatim spans, the first (ordinal 1) the clause that states the fact. Offsets count characters.
CREATE TABLE evidence (
    event_id      VARCHAR NOT NULL,
    event_version INTEGER NOT NULL,
    ordinal       INTEGER NOT NULL,
    part          VARCHAR NOT NULL,
    "start"       INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    "text"        VARCHAR NOT NULL
);

CREATE TABLE run (
    id                VARCHAR NOT NULL,
    started           TIMESTAMPTZ NOT NULL,
    finished          TIMESTAMPTZ,
    extractor_version VARCHAR NOT NULL,
    status            VARCHAR NOT NULL,
    inputs            BIGINT NOT NULL,
    added             BIGINT NOT NULL,
    changed           BIGINT NOT NULL,
    unchanged         BIGINT NOT NULL,
    duplicates        BIGINT NOT NULL,
    issues            BIGINT NOT NULL,
    events            JSON NOT NULL             -- number of events per kind
);

CREATE TABLE issue (
    run_id     VARCHAR NOT NULL,
    path       VARCHAR NOT NULL,
    line       BIGINT,
    code       VARCHAR NOT NULL,
    reason     VARCHAR NOT NULL,
    article_id VARCHAR
);

-- The views derived from the kinds, with the checksum of the definitions they were created from.
CREATE TABLE typed_view (
    name     VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL
);
