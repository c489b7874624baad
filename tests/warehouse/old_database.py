"""Makes the old database that tests migrate: python tests/warehouse/old_database.py

What an early Shilu would have written: the first migration alone, two articles, one of them corrected, and a run. It is
kept as bytes, for a newer DuckDB must read them too; make it again only where it no longer can be read at all.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

import duckdb  # noqa: E402

from warehouse.migrate import apply_migrations, known_migrations  # noqa: E402

KEPT = Path(__file__).with_name("old_database.duckdb.gz")
ROWS = """
INSERT INTO article BY NAME
SELECT 'old-1' AS id, number AS version, 'river-wire' AS source, 'https://news.example.org/old-1' AS url,
    '战报' AS title, TIMESTAMPTZ '2024-03-05 08:00:00+00' AS published, 480 AS utc_offset_minutes, 'zh' AS language,
    'Hans' AS script, '防空部队击落了' || (11 + number) || '架无人机。' AS "text", ['图'] AS captions,
    sha256('old-1' || number) AS content_hash, 'run-1' AS run_id,
    TIMESTAMPTZ '2024-03-05 09:00:00+00' + INTERVAL 1 DAY * number AS believed_from,
    CASE number WHEN 1 THEN TIMESTAMPTZ '2024-03-07 09:00:00+00' END AS believed_until
FROM range(1, 3) AS numbers(number);
INSERT INTO article BY NAME SELECT * REPLACE (
    'old-2' AS id, 1 AS version, 'https://news.example.org/old-2' AS url, '天气晴好。' AS "text", sha256('old-2') AS content_hash
) FROM article WHERE version = 2;
INSERT INTO reading BY NAME
SELECT id AS article_id, version AS article_version, '0.0.1+old' AS extractor_version, run_id, believed_from, believed_until
FROM article;
INSERT INTO event BY NAME
SELECT 'e-1' AS id, version, 'attack_count' AS kind, 'old-1' AS article_id, version AS article_version,
    'asserted' AS modality, 'attack_count/old' AS found_by, '0.0.1+old' AS extractor_version,
    '{"attacker":null,"target":null,"weapon":"drone","outcome":"intercepted","count":{"value":' || (11 + version)
        || ',"qualifier":"exact"},"places":[],"breakdown":[],"comparison":null}' AS payload,
    sha256('e-1' || version) AS content_hash, run_id, believed_from, believed_until
FROM article WHERE id = 'old-1';
INSERT INTO evidence
SELECT 'e-1', version, 1, 'text', 4, 14, substring("text", 5, 10) FROM article WHERE id = 'old-1';
INSERT INTO run VALUES (
    'run-1', TIMESTAMPTZ '2024-03-05 09:00:00+00', TIMESTAMPTZ '2024-03-05 09:01:00+00', '0.0.1+old', 'with_issues',
    3, 2, 0, 0, 0, 1, '{"attack_count": 1}'
);
INSERT INTO issue VALUES ('run-1', 'in/x.md', NULL, 'empty', 'the file is empty', NULL);
"""


def main() -> None:
    """Write the database, compressed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.duckdb"
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH '{path}' AS old (BLOCK_SIZE 16384); USE old")
            apply_migrations(connection, path, known_migrations()[:1])
            connection.execute(ROWS)
            connection.execute("USE memory; DETACH old")
        KEPT.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    print(f"{KEPT}: {KEPT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
