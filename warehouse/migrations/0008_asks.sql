-- What was asked of sources and what came of it. One row per address of a source, replaced with each ask: it is the
-- state by which the next ask is cheap (validators), polite (not_before) and complete (read_by).
CREATE TABLE ask (
    source        VARCHAR NOT NULL,         -- its name in sources.toml
    address       VARCHAR NOT NULL,         -- URL, or path of a file
    role          VARCHAR NOT NULL,         -- index (a feed or list of articles), article, robots, file
    title         VARCHAR,                  -- what the index said of an article
    published     VARCHAR,
    asked         TIMESTAMPTZ,              -- when last; NULL while it is only known of
    status        INTEGER,                  -- of HTTP, of the last answer
    failures      INTEGER NOT NULL,         -- in a row
    not_before    TIMESTAMPTZ,              -- the server asked to be left alone until then
    etag          VARCHAR,                  -- of files their size and time of change
    last_modified VARCHAR,
    final_address VARCHAR,                  -- after redirects
    content_type  VARCHAR,
    digest        VARCHAR,                  -- SHA-256 of the bytes last received
    read_by       VARCHAR                   -- the run that read these bytes; NULL while they are unread
);

-- Every text of bytes that ever came from an address. The bytes themselves lie in the folder `raw` beside the database.
CREATE TABLE document (
    source        VARCHAR NOT NULL,
    address       VARCHAR NOT NULL,
    digest        VARCHAR NOT NULL,
    content_type  VARCHAR,
    received      TIMESTAMPTZ NOT NULL
);

-- Which source a run read; NULL where the user gave paths.
ALTER TABLE run ADD COLUMN source VARCHAR;

-- Who wrote an article, as its page says.
ALTER TABLE article ADD COLUMN byline VARCHAR;
