"""The answer of `screen`: conjunctions, stays, and what was not screened."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from api.answers.columns import iso_texts, numbers
from api.answers.envelope import answer
from api.answers.passes_csv import cells
from api.conjunction_ids import conjunction_ids
from api.screening_choice import Screened
from orbits import InvalidValue
from orbits.arrays import Floats
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.maximum_probability import maximum_at_fixed_ratio, socrates_ratios
from ssa.conjunctions.screening import Screening, SkippedObject

SOCRATES_COLUMNS = (
    "NORAD_CAT_ID_1", "OBJECT_NAME_1", "DSE_1", "NORAD_CAT_ID_2", "OBJECT_NAME_2", "DSE_2", "TCA", "TCA_RANGE",
    "TCA_RELATIVE_SPEED", "MAX_PROB", "DILUTION",
)  # fmt: skip
MAX_LISTED_SKIPPED = 100


def screening_answer(
    snapshot: CatalogueSnapshot, found: Screening, chosen: Screened, *, limit: int | None = None,
    nearest_first: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The whole answer; with `limit`, the nearest conjunctions only, in order of time, and their number is said."""
    shown = found
    said = [*found.caveats, *chosen.caveats]
    if limit is not None and len(found) > limit:
        shown = found[np.sort(np.argpartition(found.miss_distance_km, limit)[:limit])]
        said.append(f"{len(found):,} conjunctions; the {limit:,} nearest are listed.")
    if nearest_first:
        shown = shown[np.argsort(shown.miss_distance_km, kind="stable")]
    body = {
        "start": found.span.start.isoformat(3),
        "end": found.span.end.isoformat(3),
        "miss_km": found.miss_km,
        **chosen.described,
        "conjunctions_found": len(found),
        "conjunctions": conjunction_rows(snapshot, shown),
        "stays": _stays(found),
        **skipped_parts(found.skipped),
        "left_out": {**chosen.left_out, **found.counts},
    }
    if len(found.skipped) > MAX_LISTED_SKIPPED:
        said.append(f"{len(found.skipped):,} objects were skipped; {MAX_LISTED_SKIPPED} are listed, all are counted.")
    return answer(snapshot, found.span.start, body, said)


def skipped_parts(skipped: Sequence[SkippedObject]) -> dict[str, Any]:
    """How many objects were not screened, by reason, and the first of them: an old catalogue has thousands."""
    return {
        "skipped": [
            {"norad_id": one.norad_id, "name": one.name, "reason": one.reason} for one in skipped[:MAX_LISTED_SKIPPED]
        ],
        "skipped_count": len(skipped),
        "skipped_reasons": dict(Counter(one.kind for one in skipped)),
    }


def conjunction_rows(snapshot: CatalogueSnapshot, found: Screening) -> list[dict[str, Any]]:
    """One dictionary for each conjunction."""
    elements, one, other = found.elements, found.primary_row, found.secondary_row
    latitude, longitude, altitude = found.places()
    columns = {
        "id": conjunction_ids(snapshot, found),
        "primary_id": elements.norad_id[one].tolist(),
        "primary_name": elements.name[one].tolist(),
        "primary_owner": snapshot.owner[one].tolist(),
        "primary_type": snapshot.object_type[one].tolist(),
        "secondary_id": elements.norad_id[other].tolist(),
        "secondary_name": elements.name[other].tolist(),
        "secondary_owner": snapshot.owner[other].tolist(),
        "secondary_type": snapshot.object_type[other].tolist(),
        "tca": iso_texts(found.span.start, found.tca_s),
        "miss_distance_km": numbers(found.miss_distance_km, 5),
        "miss_rtn_km": found.miss_rtn_km.round(5).tolist(),
        "relative_speed_km_s": numbers(found.relative_speed_km_s, 5),
        "relative_velocity_rtn_km_s": found.relative_velocity_rtn_km_s.round(5).tolist(),
        "approach_angle_deg": numbers(found.approach_angle_deg(), 2),
        "primary_age_days": numbers(found.ages_days(one), 3),
        "secondary_age_days": numbers(found.ages_days(other), 3),
        "latitude_deg": numbers(latitude, 3),
        "longitude_deg": numbers(longitude, 3),
        "altitude_km": numbers(altitude, 2),
        "cut_at_start": found.cut_at_start.tolist(),
        "cut_at_end": found.cut_at_end.tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def socrates_csv(found: Screening, hard_body_radius_m: float) -> str:
    """Conjunctions with the columns of SOCRATES Plus; the maximum probability is for a joint radius of so many m."""
    if not 0.0 < hard_body_radius_m <= 1000.0:
        raise InvalidValue("hard_body_radius_m", hard_body_radius_m, "must be above 0 and at most 1000 m")
    elements = found.elements
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(SOCRATES_COLUMNS)
    probability, dilution = _maximum(found, hard_body_radius_m)
    rows = zip(
        elements.norad_id[found.primary_row].tolist(), elements.name[found.primary_row].tolist(),
        numbers(found.ages_days(found.primary_row), 3), elements.norad_id[found.secondary_row].tolist(),
        elements.name[found.secondary_row].tolist(), numbers(found.ages_days(found.secondary_row), 3),
        iso_texts(found.span.start, found.tca_s), numbers(found.miss_distance_km, 5),
        numbers(found.relative_speed_km_s, 5), [float(f"{value:.4g}") for value in probability.tolist()],
        numbers(dilution, 4), strict=True,
    )  # fmt: skip
    for row in rows:
        writer.writerow(cells(row))
    return text.getvalue()


def _maximum(found: Screening, hard_body_radius_m: float) -> tuple[Floats, Floats]:
    """Largest probability at SOCRATES's ratio of axes, and the small deviation there (km)."""
    ratio, miss_km = socrates_ratios(found.relative_velocity_rtn_km_s), found.miss_distance_km
    radius = hard_body_radius_m / 1000.0
    near = miss_km < 30.0 * radius  # below, the closed form for small radii is off by more than a thousandth
    far = np.where(near, 1.0, miss_km)
    probability, dilution = ratio * radius**2 / (math.e * far**2), far / (math.sqrt(2.0) * ratio)
    for row in np.flatnonzero(near).tolist():
        exact = maximum_at_fixed_ratio(float(miss_km[row]), hard_body_radius_m, ratio=float(ratio[row]))
        probability[row], dilution[row] = exact.value or 0.0, exact.dilution_sigma_km or 0.0
    return probability, dilution


def _stays(found: Screening) -> list[dict[str, Any]]:
    stays, elements, start = found.stays, found.elements, found.span.start
    columns = {
        "primary_id": elements.norad_id[stays.primary_row].tolist(),
        "primary_name": elements.name[stays.primary_row].tolist(),
        "secondary_id": elements.norad_id[stays.secondary_row].tolist(),
        "secondary_name": elements.name[stays.secondary_row].tolist(),
        "start": iso_texts(start, stays.start_s),
        "end": iso_texts(start, stays.end_s),
        "closest": iso_texts(start, stays.closest_s),
        "min_distance_km": numbers(stays.min_distance_km, 5),
        "cut_at_start": stays.cut_at_start.tolist(),
        "cut_at_end": stays.cut_at_end.tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
