-- What a run was for, which process did it, and how long its steps took.
ALTER TABLE run ADD COLUMN job VARCHAR DEFAULT 'ingest';        -- ingest, reprocess
ALTER TABLE run ADD COLUMN process VARCHAR;                     -- process id @ host, by which a killed one is told
ALTER TABLE run ADD COLUMN seconds JSON DEFAULT '{}';           -- by step, on a clock that nobody sets

CREATE VIEW run_metrics AS
SELECT
    id AS run_id,
    job,
    status,
    started,
    finished,
    epoch(finished - started) AS seconds,
    inputs,
    added + changed AS articles_read,
    articles_read / nullif(epoch(finished - started), 0) AS articles_per_second,
    CAST(run.seconds ->> 'survey' AS DOUBLE) AS survey_seconds,
    CAST(run.seconds ->> 'extract' AS DOUBLE) AS extract_seconds,
    CAST(run.seconds ->> 'load' AS DOUBLE) AS load_seconds,
    CAST(run.seconds ->> 'resolve' AS DOUBLE) AS resolve_seconds,
    issues
FROM run;

CREATE VIEW run_issues AS
SELECT issue.run_id, run.started, issue.code, count(*) AS issues
FROM issue LEFT JOIN run ON run.id = issue.run_id
GROUP BY ALL;
