"""Views written out without a server."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

import warehouse
from warehouse.publish.export import exportable_views


def exported(folder, view, form):
    return b"".join(warehouse.export_view(folder, view, form))


@pytest.fixture
def told(fill, publish, folder):
    fill(1, 2, 3)
    publish()
    return folder


def test_a_view_comes_in_every_form(told):
    table = pq.read_table(io.BytesIO(exported(told, "facts", "parquet")))
    rows = list(csv.DictReader(io.StringIO(exported(told, "facts", "csv").decode())))
    records = [json.loads(line) for line in exported(told, "facts", "jsonl").splitlines()]
    assert {row["fact_id"] for row in rows} == {record["fact_id"] for record in records}
    assert table.num_rows == len(rows) == len(records) > 0
    assert json.loads(exported(told, "facts", "geojson"))["type"] == "FeatureCollection"
    entries = ElementTree.fromstring(exported(told, "facts", "atom")).findall(
        "{http://www.w3.org/2005/Atom}entry"
    )
    assert len(entries) == len(records)


def test_every_view_can_be_written_as_csv_and_json_lines(told):
    for view in exportable_views():
        rows = list(csv.reader(io.StringIO(exported(told, view, "csv").decode())))
        lines = [json.loads(line) for line in exported(told, view, "jsonl").splitlines()]
        assert len(rows) - 1 == len(lines), view
        assert "search" not in rows[0] and "record" not in rows[0]


@pytest.mark.parametrize(
    ("view", "form", "words"),
    [
        ("nothing", "csv", "there is no view 'nothing'; views are "),
        ("facts", "xlsx", "there is no form 'xlsx'; forms are "),
        ("meetings", "geojson", "which is for facts, events"),
        ("strikes", "atom", "which is for facts"),
        ("events", "parquet", "one view a kind"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_words(told, view, form, words):
    with pytest.raises(warehouse.WarehouseError, match=words):
        exported(told, view, form)


def test_before_anything_is_published_that_is_said(folder):
    with pytest.raises(warehouse.NothingPublished, match="run `shilu publish`"):
        exported(folder, "facts", "csv")
