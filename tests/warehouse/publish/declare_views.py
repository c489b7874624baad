"""Writes down the columns of the published views: python tests/warehouse/publish/declare_views.py

Run it where a column was added. Where one was renamed, retyped or taken away, raise SCHEMA_VERSION in
warehouse/publish/manifest.py first: whoever reads the Parquet files is told so by the manifest.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[3])]

import warehouse  # noqa: E402
from warehouse.publish.manifest import Manifest  # noqa: E402

DECLARED = Path(__file__).with_name("published_views.json")


def declaration(manifest: Manifest) -> dict[str, object]:
    """The version of the schema, and of every view its columns with their types, in order."""
    views = {file.name.removesuffix(".parquet"): file.columns for file in manifest.files if file.columns}
    return {"schema_version": manifest.schema_version, "views": views}


def main() -> None:
    """Publish an empty warehouse and write down what its views are."""
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "shilu.duckdb"
        warehouse.open(database).close()
        manifest = warehouse.publish_snapshot(database, Path(place) / "published").manifest
    DECLARED.write_text(json.dumps(declaration(manifest), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
