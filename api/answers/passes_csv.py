"""Passes as CSV, one line each, and as lines a spreadsheet cannot take for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_COORDINATES = re.compile(r"[-+]?[0-9.]+(,[-+]?[0-9.]+)+")  # no formula, and must stay what JSON says
_POINT = ("time", "azimuth_deg", "elevation_deg", "range_km", "range_rate_km_s")
_POINTS = ("rise", "culmination", "set")
_BEFORE = ("norad_id", "name", "site")
_AFTER = (
    "duration_s", "cut_at_start", "cut_at_end", "elements_age_days", "sunlit", "site_is_dark", "time_plus_minus_s",
)  # fmt: skip
COLUMNS = (*_BEFORE, *(f"{point}_{key}" for point in _POINTS for key in _POINT), *_AFTER)


def passes_csv(answer: dict[str, Any]) -> str:
    """The passes of an answer as CSV (RFC 4180), a head line first; booleans are `true` and `false`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in answer["passes"]:
        points = [row[point][key] for point in _POINTS for key in _POINT]
        writer.writerow(cells([*(row[key] for key in _BEFORE), *points, *(row[key] for key in _AFTER)]))
    return text.getvalue()


def cells(values: Iterable[Any]) -> list[Any]:
    """Values as CSV cells: a text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> cells(["=HYPERLINK(1)", "-33.9,-70", -4.0, True, None])
    ["'=HYPERLINK(1)", '-33.9,-70', -4.0, 'true', '']
    """
    return [_cell(value) for value in values]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _COORDINATES.fullmatch(value):
        return f"'{value}"
    return value
