"""The answer of `navigation`: measures of the region, against time and, where asked, cell by cell; who was used."""

from __future__ import annotations

from typing import Any

from api.answers.columns import iso_texts, number, numbers
from api.answers.envelope import age_caveats, answer
from orbits import InvalidValue, TimeSpan
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.constellations import ConstellationMembers
from ssa.navigation import NavigationAnswer, NavigationCoverage, Outage

_CELL_COLUMNS = (
    "mean_satellites", "min_satellites", "available_fraction", "solved_fraction", "mean_gdop", "mean_pdop", "mean_hdop",
    "mean_vdop", "mean_tdop", "p95_pdop", "worst_pdop", "longest_outage_s",
)  # fmt: skip


def navigation_answer(
    snapshot: CatalogueSnapshot, span: TimeSpan, found: NavigationAnswer, *, cells: bool, most_cells: int | None = None
) -> dict[str, Any]:
    """The whole answer; raises `InvalidValue` when more cells are to be listed than may be."""
    coverage = found.coverage
    if cells and most_cells is not None and len(coverage.cells) > most_cells:
        raise InvalidValue("cells", len(coverage.cells), f"more than {most_cells:,} cells to list; take larger cells")
    objects = snapshot[coverage.fleet.rows]
    body = {
        "start": span.start.isoformat(3),
        "end": span.end.isoformat(3),
        "step_s": coverage.times.step_s,
        "epochs": len(coverage.times),
        "region": {
            "name": found.region.name,
            "area_km2": round(found.region.area_km2, 1),
            "cells": len(coverage.cells),
            "cell_km": coverage.cells.cell_km,
        },
        "min_elevation_deg": coverage.mask_deg,
        "max_pdop": coverage.most_pdop,
        "own_clocks": coverage.own_clocks,
        "systems": [_system(snapshot, members, span) for members in coverage.fleet.systems],
        "measures": _measures(coverage),
        "timeline": _timeline(coverage),
        "outage": _outage(found.outage) if found.outage is not None else None,
        "cells": _cells(coverage) if cells else None,
    }
    return answer(snapshot, span.start, body, [*found.caveats, *age_caveats(objects, span.start, span.end)])


def _measures(coverage: NavigationCoverage) -> dict[str, float | None]:
    return {name: number(value, 6) for name, value in coverage.region().items()}


def _system(snapshot: CatalogueSnapshot, members: ConstellationMembers, span: TimeSpan) -> dict[str, Any]:
    elements = snapshot.elements[members.rows]
    used = zip(elements.norad_id.tolist(), elements.name, numbers(elements.age_days(span.start), 4), strict=True)
    return {
        "system": members.constellation.id,
        "name": members.constellation.name,
        "used": [{"norad_id": norad_id, "name": name, "elements_age_days": age} for norad_id, name, age in used],
        "left_out": [
            {"norad_id": left.norad_id, "name": left.name, "reason": left.reason} for left in members.left_out
        ],
    }


def _timeline(coverage: NavigationCoverage) -> list[dict[str, Any]]:
    columns = zip(
        iso_texts(coverage.times.start, coverage.times.seconds), numbers(coverage.time_satellites, 3),
        numbers(coverage.time_pdop, 4), numbers(coverage.time_worst_pdop, 4),
        numbers(coverage.time_available_fraction, 6), strict=True,
    )  # fmt: skip
    names = ("time", "mean_satellites", "mean_pdop", "worst_pdop", "available_fraction")
    return [dict(zip(names, row, strict=True)) for row in columns]


def _outage(outage: Outage) -> dict[str, Any]:
    return {
        "without": list(outage.without),
        "without_systems": list(outage.without_systems),
        "measures": _measures(outage.after),
        "available_lost_fraction": number(outage.available_lost_fraction, 6),
        "area_worse_fraction": number(outage.area_worse_fraction, 6),
    }


def _cells(coverage: NavigationCoverage) -> list[dict[str, Any]]:
    cells = coverage.cells
    area = [None] * len(cells) if cells.area_km2 is None else numbers(cells.area_km2, 3)
    columns = zip(
        numbers(cells.latitude_deg, 5), numbers(cells.longitude_deg, 5), area,
        *(numbers(getattr(coverage, name), 4) for name in _CELL_COLUMNS), strict=True,
    )  # fmt: skip
    names = ("latitude_deg", "longitude_deg", "area_km2", *_CELL_COLUMNS)
    return [dict(zip(names, row, strict=True)) for row in columns]
