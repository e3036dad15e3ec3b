"""The answer of `coverage`: the region's measures, against time, by owner and, where asked, cell by cell; the fleet."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np

from api.answers.columns import iso_texts, number, numbers
from api.answers.envelope import age_caveats, answer
from api.answers.passes import failed_row
from orbits.arrays import Booleans
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.coverage.limits import require_listable
from ssa.coverage.question import Coverage
from ssa.coverage.region_measures import RegionMeasures
from ssa.owners import owners

CELL_COLUMNS = (
    "covered_fraction", "mean_fold", "max_fold", "accesses", "max_gap_s", "mean_gap_s", "mean_revisit_s",
    "max_revisit_s", "mean_response_s", "max_response_s", "time_average_gap_s", "first_seen_s",
)  # fmt: skip
_LONGEST_GAPS = 10
_FRACTION_DIGITS, _SECOND_DIGITS = 9, 3


def coverage_answer(
    snapshot: CatalogueSnapshot, found: Coverage, *, cells: bool, most_cells: int | None = None
) -> dict[str, Any]:
    """The whole answer; raises `TooMuch` when more cells are to be listed than may be."""
    require_listable(len(found.cells), most_cells if cells else None)
    fleet, start = found.fleet, found.span.start
    body = {
        "start": start.isoformat(3),
        "end": found.span.end.isoformat(3),
        "region": {
            "name": found.region.name,
            "area_km2": round(found.region.area_km2, 3),
            "cells": len(found.cells),
            "cell_km": found.cells.cell_km,
        },
        "asked": fleet.asked,
        "use": fleet.use,
        "fleet": _fleet(found),
        "sensors": _sensors(found),
        "without_sensor": [
            {"norad_id": one.norad_id, "name": one.name, "owner": one.owner, "mission": one.mission,
             "reason": one.reason}
            for one in fleet.without_sensor
        ],
        "left_out": dict(fleet.left_out),
        "not_in_catalogue": list(fleet.not_in_catalogue),
        "failed": [failed_row(failed) for failed in found.accesses.failed],
        "measures": _measures(found),
        "gaps": _gaps(found),
        "next_look": _next_look(found),
        "step_s": found.timeline.step_s,
        "timeline": [
            {name: round(value, 9) if isinstance(value, float) else value for name, value in row.items()}
            for row in found.timeline_rows()
        ],
        "contribution": None if found.contribution is None else _contribution(found),
        "contribution_method": None if found.contribution is None else found.contribution.method,
        "comparison": _comparison(found),
        "cells": cell_rows(found) if cells else None,
    }  # fmt: skip
    caveats = [*found.caveats, *age_caveats(fleet.objects, start, found.span.end)]
    return answer(snapshot, start, body, caveats)


def rounded(name: str, value: Any) -> Any:
    """A measure as JSON shows it: seconds to a millisecond, shares and folds to nine digits, whole numbers whole."""
    if isinstance(value, tuple):
        return [rounded(name, one) for one in value]
    if isinstance(value, float):
        return number(value, _SECOND_DIGITS if name.endswith("_s") else _FRACTION_DIGITS)
    return value


def cell_columns(found: Coverage) -> dict[str, list[Any]]:
    """The measures of every cell by name, None where there is no value."""
    columns: dict[str, list[Any]] = {}
    for name in CELL_COLUMNS:
        column = getattr(found.cell_measures, name)
        whole = np.issubdtype(column.dtype, np.integer)
        digits = _SECOND_DIGITS if name.endswith("_s") else _FRACTION_DIGITS
        columns[name] = column.tolist() if whole else numbers(column, digits)
    return columns


def cell_rows(found: Coverage) -> list[dict[str, Any]]:
    """One dictionary for each cell."""
    cells = found.cells
    area = [None] * len(cells) if cells.area_km2 is None else numbers(cells.area_km2, 6)
    columns = {
        "latitude_deg": numbers(cells.latitude_deg, 5), "longitude_deg": numbers(cells.longitude_deg, 5),
        "area_km2": area, **cell_columns(found), **_edges(found),
    }  # fmt: skip
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _edges(found: Coverage) -> dict[str, list[Any]]:
    """The edges of whole cells, None for points."""
    cells = found.cells
    edges = {"west_deg": cells.west_deg, "south_deg": cells.south_deg, "east_deg": cells.east_deg,
             "north_deg": cells.north_deg}  # fmt: skip
    return {name: [None] * len(cells) if edge is None else numbers(edge, 5) for name, edge in edges.items()}


def _fleet(found: Coverage) -> list[dict[str, Any]]:
    elements = found.fleet.objects.elements
    ages = numbers(elements.age_days(found.span.start), 4)
    seen = np.bincount(found.intervals.object_row, minlength=len(found.fleet)).tolist()
    return [
        {**row, "elements_age_days": age, "cell_accesses": count}
        for row, age, count in zip(found.fleet.described(), ages, seen, strict=True)
    ]


def _sensors(found: Coverage) -> list[dict[str, Any]]:
    counts = Counter(found.fleet.sensor_row.tolist())
    return [
        {"name": sensor.name, "use": sensor.use, "basis": sensor.basis, "rule": str(sensor.rule),
         "objects": counts[row]}
        for row, sensor in enumerate(found.fleet.sensors)
    ]  # fmt: skip


def _measures(found: Coverage) -> dict[str, Any]:
    values = {**found.measures.contract(), **asdict(found.measures)}  # the promised ones stand first
    return {name: rounded(name, value) for name, value in values.items()}


def _gaps(found: Coverage) -> dict[str, Any]:
    gaps, cells = found.gaps, found.cells
    longest = gaps.longest(_LONGEST_GAPS)
    cell = gaps.cell_row[longest]
    columns = zip(
        numbers(cells.latitude_deg[cell], 5), numbers(cells.longitude_deg[cell], 5),
        iso_texts(found.span.start, gaps.start_s[longest]), iso_texts(found.span.start, gaps.end_s[longest]),
        numbers(gaps.length_s[longest], 3), gaps.cut_at_start[longest].tolist(), gaps.cut_at_end[longest].tolist(),
        strict=True,
    )  # fmt: skip
    names = ("latitude_deg", "longitude_deg", "start", "end", "length_s", "cut_at_start", "cut_at_end")
    percentiles = {f"p{percent:.0f}_s": rounded("_s", value) for percent, value in found.gap_percentiles_s.items()}
    return {"count": len(gaps), **percentiles, "longest": [dict(zip(names, row, strict=True)) for row in columns]}


def _next_look(found: Coverage) -> dict[str, Any]:
    look, elements = found.next_look, found.fleet.objects.elements
    row = look.first_object_row
    return {
        "after": look.after.isoformat(3),
        "first_wait_s": rounded("_s", look.first_wait_s),
        "first_norad_id": None if row is None else int(elements.norad_id[row]),
        "first_name": None if row is None else str(elements.name[row]),
        "mean_wait_s": rounded("_s", look.mean_wait_s),
        "all_seen_wait_s": rounded("_s", look.all_seen_wait_s),
        "unseen_fraction": rounded("", look.unseen_fraction),
    }


def _comparison(found: Coverage) -> dict[str, Any] | None:
    sides, partnership = found.sides, found.partnership
    if sides is None or partnership is None:
        return None

    def side(asked: str, mask: Booleans, measures: RegionMeasures) -> dict[str, Any]:
        values = {**measures.contract(), "seen_fraction": measures.seen_fraction}
        return {"asked": asked, "objects": int(mask.sum()), **{name: rounded(name, values[name]) for name in values}}

    return {
        "ours": side(sides.ours, sides.is_ours, partnership.ours),
        "theirs": side(sides.theirs, sides.is_theirs, partnership.theirs),
        "objects_of_both": int((sides.is_ours & sides.is_theirs).sum()),
        "only_ours_fraction": rounded("", partnership.only_ours_fraction),
        "only_theirs_fraction": rounded("", partnership.only_theirs_fraction),
        "both_fraction": rounded("", partnership.both_fraction),
        "gained": {name: rounded(name, value) for name, value in partnership.gained().items()},
    }


def _contribution(found: Coverage) -> list[dict[str, Any]]:
    """The largest part first."""
    assert found.contribution is not None
    known = owners()
    objects = Counter(owner or "" for owner in found.fleet.objects.owner)
    rows: list[dict[str, Any]] = []
    for row in found.contribution.rows():
        code = str(row.pop("owner"))
        named = known[code].name if code in known else None
        counted = objects[code] if code in objects else objects[""]
        rows.append(
            {"owner": code, "owner_name": named, "objects": counted}
            | {name: rounded(name, value) for name, value in row.items()}
        )
    return sorted(rows, key=lambda row: (-(row["shapley_fraction"] or 0.0), row["owner"]))
