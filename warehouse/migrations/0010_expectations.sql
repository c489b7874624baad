-- Floors and ceilings that sources are held against. A row holds from `since` until `ended` what came of one of them;
-- while the outcome stays the same, `found`, `checked`, `message` and `run_id` follow the latest check.
CREATE TABLE expectation (
    source      VARCHAR NOT NULL,           -- its name in sources.toml
    expectation VARCHAR NOT NULL,           -- its key there, such as least_articles_per_day
    bound       BIGINT NOT NULL,            -- what is expected, at least or at most
    days        INTEGER NOT NULL,           -- before the check; what came in them is counted
    found       BIGINT NOT NULL,
    outcome     VARCHAR NOT NULL,           -- met, broken, or too_early: the source is younger than `days`
    on_breach   VARCHAR NOT NULL,           -- warn, fail
    message     VARCHAR NOT NULL,
    since       TIMESTAMPTZ NOT NULL,
    checked     TIMESTAMPTZ NOT NULL,
    ended       TIMESTAMPTZ,                -- NULL while it holds
    run_id      VARCHAR                     -- the run after which it was checked last; NULL: by `shilu expect`
);

CREATE VIEW breaches AS
SELECT source, expectation, found, bound, days, on_breach, since, checked, message
FROM expectation WHERE outcome = 'broken' AND ended IS NULL;

-- What came from each source on each day (of UTC): to choose floors and ceilings by.
CREATE VIEW source_days AS
SELECT run.source, CAST(article.believed_from AT TIME ZONE 'UTC' AS DATE) AS day, count(*) AS articles
FROM article JOIN run ON run.id = article.run_id
WHERE article.version = 1 AND run.source IS NOT NULL
GROUP BY ALL;
