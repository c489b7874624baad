-- Rates of exchange for the series of aid: units of a currency for one euro on a day. The table is filled from the file
-- that Shilu ships, or from the user's own, never from both; `rate_source` has one row that says from which.
CREATE TABLE rate (
    currency VARCHAR NOT NULL,              -- ISO 4217, without EUR itself
    day      DATE NOT NULL,
    per_eur  DOUBLE NOT NULL
);

CREATE TABLE rate_source (
    name     VARCHAR NOT NULL,              -- of the file
    checksum VARCHAR NOT NULL,              -- SHA-256 of its bytes
    shipped  BOOLEAN NOT NULL               -- whether it is Shilu's own, which a newer Shilu may replace
);
