"""The answer of `briefing`: the bottom line with its traces, and every answer that the briefing was made of."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from api.answers.briefing_threats import conjunctions_answer, debris_answer, decays_answer
from api.answers.columns import iso_texts, numbers
from api.answers.coverage import coverage_answer, rounded
from ssa.briefing.difference import FORMAT, since
from ssa.briefing.value import Briefing
from ssa.coverage.blind_times import BlindTime
from ssa.coverage.partners import Partnership

MOST_LOOKS, MOST_APPROACHES = 2000, 500


def briefing_answer(found: Briefing, *, marking: str | None = None, before: Any = None) -> dict[str, Any]:
    """The whole answer; what is not known is null. `before` is the answer of an earlier briefing, as read from JSON.

    Raises `InvalidValue` when `before` is none.
    """
    coverage = coverage_answer(found.coverage.fleet.snapshot, found.coverage, cells=False)
    head = {key: coverage.pop(key) for key in ("catalogue", "caveats")}
    head["caveats"] = list(dict.fromkeys([*head["caveats"], *found.caveats]))
    answer: dict[str, Any] = head | {
        "briefing_format": FORMAT,
        "title": found.title,
        "marking": marking,
        "software": software(),
        "inputs_digest": found.inputs_digest,
        "start": coverage["start"],
        "end": coverage["end"],
        "window_s": round(found.coverage.span.duration_s, 3),
        "mission": found.mission,
        "objects": len(found.coverage.fleet),
        "bottom_line": [
            {"text": line.text, "numbers": [
                {"key": one.key, "form": one.form, "value": one.value, "shown": one.shown} for one in line.numbers
            ]}
            for line in found.bottom_line
        ],
        "coverage": coverage,
        "blind_times": {
            "region": [_blind(found, one) for one in found.blind_region],
            "places": [_blind(found, one) for one in found.blind_cells],
        },
        "losses": _losses(found),
        "partners": None if found.partners is None else {
            "core": found.partners.core, "whole": found.partners.whole, "core_objects": found.partners.core_objects,
            **_comparison(found.partners.comparison),
        },
        "looks_found": len(found.looks),
        "looks": _looks(found),
        "element_ages": _ages(found),
        "close_approaches": _approaches(found),
        "conjunctions": conjunctions_answer(found),
        "debris": debris_answer(found.exposure),
        "decays": decays_answer(found.decays),
    }  # fmt: skip
    answer["since"] = None if before is None else since(before, answer)
    return answer


def software() -> str:
    """The version of this software."""
    try:
        return version("allied-ssa")
    except PackageNotFoundError:
        return "unknown"


def _blind(found: Briefing, one: BlindTime) -> dict[str, Any]:
    start = found.coverage.span.start
    row = one.cell_row
    cells = found.coverage.cells
    return {
        "start": start.plus_s(one.start_s).isoformat(3),
        "end": start.plus_s(one.end_s).isoformat(3),
        "length_s": rounded("_s", one.length_s),
        "cut_at_start": one.cut_at_start,
        "cut_at_end": one.cut_at_end,
        "latitude_deg": None if row is None else round(float(cells.latitude_deg[row]), 5),
        "longitude_deg": None if row is None else round(float(cells.longitude_deg[row]), 5),
    }


def _losses(found: Briefing) -> dict[str, Any] | None:
    """The share in view after 0, 1, ... losses: the worst, one by one, and the mean of random ones."""
    lost = found.degradation
    if lost is None:
        return None
    elements = found.coverage.fleet.objects.elements
    return {
        "method": lost.method,
        "worst_fraction": numbers(lost.worst, 9),
        "random_mean_fraction": numbers(lost.random_mean, 9),
        "random_standard_error_fraction": numbers(lost.random_standard_error, 9),
        "lost": [
            {"norad_id": int(elements.norad_id[row]), "name": str(elements.name[row]),
             "owner": found.coverage.fleet.objects.owner[row]}
            for row in lost.lost.tolist()
        ],
    }  # fmt: skip


def _comparison(both: Partnership) -> dict[str, Any]:
    def measures(which: Any) -> dict[str, Any]:
        return {name: rounded(name, value) for name, value in which.contract().items()}

    return {
        "without": measures(both.ours),
        "with": measures(both.together),
        "only_core_fraction": rounded("", both.only_ours_fraction),
        "only_partners_fraction": rounded("", both.only_theirs_fraction),
        "both_fraction": rounded("", both.both_fraction),
    }


def _looks(found: Briefing) -> list[dict[str, Any]]:
    """The first looks, in order of their start; `looks_found` counts all."""
    looks, fleet, start = found.looks, found.coverage.fleet, found.coverage.span.start
    first = slice(0, MOST_LOOKS)
    rows = looks.object_row[first]
    elements = fleet.objects.elements
    columns = zip(
        elements.norad_id[rows].tolist(), elements.name[rows], fleet.objects.owner[rows],
        [fleet.sensors[row].name for row in fleet.sensor_row[rows].tolist()],
        iso_texts(start, looks.start_s[first]), iso_texts(start, looks.end_s[first]),
        numbers(looks.end_s[first] - looks.start_s[first], 3), numbers(looks.area_fraction[first], 9),
        looks.cut_at_start[first].tolist(), looks.cut_at_end[first].tolist(), strict=True,
    )  # fmt: skip
    names = ("norad_id", "name", "owner", "sensor", "start", "end", "length_s", "area_fraction", "cut_at_start",
             "cut_at_end")  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in columns]


def _approaches(found: Briefing) -> dict[str, Any] | None:
    """The closest approaches, the nearest first; `found` counts all."""
    near = found.approaches
    if near is None:
        return None
    snapshot, start = found.coverage.fleet.snapshot, found.coverage.span.start
    elements, ages = snapshot.elements, snapshot.elements.age_days(start)
    rows = []
    for place in range(min(len(near), MOST_APPROACHES)):
        own, other = int(near.own_row[place]), int(near.other_row[place])
        later_days = float(near.tca_s[place]) / 86400.0
        rows.append({
            "primary_id": int(elements.norad_id[own]), "primary_name": str(elements.name[own]),
            "secondary_id": int(elements.norad_id[other]), "secondary_name": str(elements.name[other]),
            "secondary_type": snapshot.object_type[other], "secondary_owner": snapshot.owner[other],
            "tca": start.plus_s(float(near.tca_s[place])).isoformat(3),
            "miss_distance_km": round(float(near.miss_distance_km[place]), 4),
            "miss_rtn_km": numbers(near.miss_rtn_km[place], 4),
            "relative_speed_km_s": round(float(near.relative_speed_km_s[place]), 4),
            "primary_age_days": round(float(ages[own]) + later_days, 4),
            "secondary_age_days": round(float(ages[other]) + later_days, 4),
        })  # fmt: skip
    return {
        "within_km": near.within_km, "found": len(near), "stays": near.stays, "searched": near.searched,
        "skipped": near.skipped, "fleet_skipped": near.fleet_skipped,
        "decayed": near.decayed, "closest": rows,
    }  # fmt: skip


def _ages(found: Briefing) -> dict[str, Any]:
    ages, objects = found.ages, found.coverage.fleet.objects
    ends = [*ages.edges_days[1:], None]
    return {
        "median_days": ages.median_days,
        "farthest_days": ages.farthest_days,
        "bins": [
            {"from_days": low, "to_days": high, "objects": count}
            for low, high, count in zip(ages.edges_days, ends, ages.objects, strict=True)
        ],
        "oldest": [
            {"norad_id": int(objects.elements.norad_id[row]), "name": str(objects.elements.name[row]),
             "owner": objects.owner[row], "age_days": float(np.round(days, 4))}
            for row, days in ages.oldest
        ],
    }  # fmt: skip
