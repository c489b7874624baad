-- Which articles are reprints. Rows are kept as in the first tables: `believed_until` ends, nothing is overwritten.

-- The signature of each version of an article, by which copies are looked for.
CREATE TABLE signature (
    article_id      VARCHAR NOT NULL,
    article_version INTEGER NOT NULL,
    scheme          VARCHAR NOT NULL,           -- how it was made; one of another scheme is made anew
    published       TIMESTAMPTZ NOT NULL,
    reach_minutes   INTEGER,                    -- how long after its origin a copy may appear; NULL: has none
    text_key        UBIGINT NOT NULL,           -- digest of the normalised text: equal for literal copies
    words_key       UBIGINT NOT NULL,           -- the same without the numbers: equal for one template
    bands           UBIGINT[] NOT NULL,         -- MinHash values, joined in bands
    believed_from   TIMESTAMPTZ NOT NULL,
    believed_until  TIMESTAMPTZ
);

-- The origin of each version of an article; one that is no reprint is its own.
CREATE TABLE origin (
    article_id      VARCHAR NOT NULL,
    article_version INTEGER NOT NULL,
    origin_id       VARCHAR NOT NULL,
    copied_from     VARCHAR,                    -- the earliest article that it is a copy of; NULL: its own origin
    similarity      DOUBLE NOT NULL,            -- share of the shorter text that stands in the other
    reason          VARCHAR NOT NULL,           -- own, equal, near, contained
    run_id          VARCHAR NOT NULL,
    believed_from   TIMESTAMPTZ NOT NULL,
    believed_until  TIMESTAMPTZ
);

CREATE VIEW article_origins AS
SELECT
    origin.article_id,
    origin.origin_id,
    origin.copied_from IS NOT NULL AS is_reprint,
    origin.copied_from,
    origin.similarity,
    origin.reason,
    article.source,
    article.url,
    article.title,
    article.published
FROM origin
JOIN article ON article.id = origin.article_id AND article.version = origin.article_version
WHERE origin.believed_until IS NULL;
