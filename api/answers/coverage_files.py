"""Coverage as files: CSV with one line for each cell, and GeoJSON with one feature for each."""

from __future__ import annotations

import csv
import io
from typing import Any

import orjson

from api.answers.coverage import CELL_COLUMNS, cell_columns
from api.answers.passes_csv import cells as csv_cells
from ssa.coverage.question import Coverage

COLUMNS = ("latitude_deg", "longitude_deg", "area_km2", *CELL_COLUMNS)
_BESIDE = ("catalogue", "caveats", "start", "end", "region", "asked", "use", "measures")


def coverage_csv(answer: dict[str, Any]) -> str:
    """The cells of an answer as CSV (RFC 4180), a head line first; empty where there is no value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in answer["cells"] or ():
        writer.writerow(csv_cells(row[name] for name in COLUMNS))
    return text.getvalue()


def coverage_geojson(answer: dict[str, Any], found: Coverage) -> str:
    """Whole cells as polygons with their measures; catalogue, caveats and measures stand beside the features."""
    features = found.cells.to_geojson()
    columns = cell_columns(found)
    for row, feature in enumerate(features["features"]):
        feature["properties"].update({name: values[row] for name, values in columns.items()})
    document = {"type": features["type"], **{name: answer[name] for name in _BESIDE}, **features}
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY).decode()
