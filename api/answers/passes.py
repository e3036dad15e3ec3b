"""The answer of `passes`: rise, culmination and set of every pass, what failed, and what was left out."""

from __future__ import annotations

from typing import Any

import numpy as np

from api.answers.columns import iso_texts, numbers
from api.answers.envelope import age_caveats, answer
from api.selection import Selection
from orbits.arrays import Floats, Integers
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.passes import FailedObject, Passes


def passes_answer(
    snapshot: CatalogueSnapshot,
    selection: Selection,
    passes: Passes,
    *,
    limit: int | None = None,
    found: int | None = None,
) -> dict[str, Any]:
    """The whole answer; with `limit`, the first passes in order of rise, and a caveat when there are more.

    `found` is how many there are where `passes` holds only those that rise first.
    """
    rows = passes.in_order_of_rise()
    found = len(passes) if found is None else found
    caveats = [*passes.caveats, *age_caveats(selection.objects, passes.span.start, passes.span.end), *selection.caveats]
    if limit is not None and found > limit:
        caveats.insert(0, f"Only the first {limit:,} of {found:,} passes are listed; ask for a shorter window.")
        rows = rows[:limit]
    body = {
        "start": passes.span.start.isoformat(3),
        "end": passes.span.end.isoformat(3),
        "sites": [
            {
                "name": site.name,
                "latitude_deg": site.latitude_deg,
                "longitude_deg": site.longitude_deg,
                "altitude_m": site.altitude_m,
            }
            for site in passes.sites
        ],
        "min_elevation": [
            {"azimuth_deg": azimuth, "elevation_deg": elevation} for azimuth, elevation in passes.mask.points
        ],
        "selection": selection.described,
        "objects_searched": len(selection.objects),
        "passes_found": found,
        "passes": pass_rows(passes, rows),
        "failed": [failed_row(failed) for failed in passes.failed],
        "skipped": [skipped.row() for skipped in selection.skipped],
        "left_out": dict(selection.left_out),
    }
    return answer(snapshot, passes.span.start, body, caveats)


def pass_rows(passes: Passes, rows: Integers) -> list[dict[str, Any]]:
    """One dictionary for each of the chosen passes, in the order of `rows`."""
    at = passes.object_row[rows]
    names = passes.elements.name[at]
    site_names = [site.name for site in passes.sites]
    start = passes.span.start
    age_days = (
        (start.jd_day - passes.elements.epoch_jd_day[at])
        + (start.day_fraction - passes.elements.epoch_day_fraction[at])
        + passes.culmination_s[rows] / 86400.0
    )
    rises, culminations, sets = (
        _sky_points(passes, seconds[rows], passes.looks[rows, place])
        for place, seconds in enumerate((passes.rise_s, passes.culmination_s, passes.set_s))
    )
    others = _other_culminations(passes, rows)
    columns = zip(
        passes.elements.norad_id[at].tolist(), names, passes.site_row[rows].tolist(), rises, culminations, sets,
        others, passes.cut_at_start[rows].tolist(), passes.cut_at_end[rows].tolist(),
        numbers(passes.set_s[rows] - passes.rise_s[rows], 3), numbers(age_days, 4),
        passes.sunlit[rows].tolist(), passes.site_is_dark[rows].tolist(), numbers(passes.time_plus_minus_s[rows], 2),
        strict=True,
    )  # fmt: skip
    return [
        {
            "norad_id": norad_id,
            "name": name,
            "site": site_names[site],
            "rise": rise,
            "culmination": culmination,
            "set": sets_at,
            "other_culminations": other,
            "cut_at_start": cut_at_start,
            "cut_at_end": cut_at_end,
            "duration_s": duration,
            "elements_age_days": age,
            "sunlit": sunlit,
            "site_is_dark": dark,
            "time_plus_minus_s": plus_minus,
        }
        for norad_id, name, site, rise, culmination, sets_at, other, cut_at_start, cut_at_end, duration, age, sunlit,
        dark, plus_minus in columns
    ]  # fmt: skip


def _sky_points(passes: Passes, seconds: Floats, looks: Floats) -> list[dict[str, Any]]:
    columns = zip(
        iso_texts(passes.span.start, seconds), numbers(looks[:, 0] % 360.0, 3), numbers(looks[:, 1], 4),
        numbers(looks[:, 2], 3), numbers(looks[:, 3], 6), strict=True,
    )  # fmt: skip
    return [
        {
            "time": time,
            "azimuth_deg": 0.0 if azimuth == 360.0 else azimuth,
            "elevation_deg": elevation,
            "range_km": distance,
            "range_rate_km_s": rate,
        }
        for time, azimuth, elevation, distance, rate in columns
    ]


def _other_culminations(passes: Passes, rows: Integers) -> list[list[dict[str, Any]]]:
    if not len(passes.extra_pass):
        return [[] for _ in rows]
    points = _sky_points(passes, passes.extra_s, passes.extra_looks)
    firsts = np.searchsorted(passes.extra_pass, rows).tolist()
    lasts = np.searchsorted(passes.extra_pass, rows + 1).tolist()
    return [points[first:last] for first, last in zip(firsts, lasts, strict=True)]


def failed_row(failed: FailedObject) -> dict[str, Any]:
    """An object without states in a part of the window."""
    return {
        "norad_id": failed.norad_id,
        "name": failed.name,
        "status": failed.status,
        "reason": failed.reason,
        "since": failed.since.isoformat(3) if failed.since else None,
        "until": failed.until.isoformat(3) if failed.until else None,
    }
