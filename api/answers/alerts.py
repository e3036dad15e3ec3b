"""The answer of `alerts`: graded conjunctions of what is watched, the gravest first, each with its reasons."""

from __future__ import annotations

from typing import Any

from api.answers.columns import iso_texts, number, numbers
from api.answers.envelope import age_caveats, answer
from api.answers.screening import MAX_LISTED_SKIPPED, skipped_parts
from ssa.alerts.check import AlertCheck
from ssa.alerts.policies import GRADES, Policy


def alerts_answer(check: AlertCheck, *, grade: str, limit: int | None = None) -> dict[str, Any]:
    """Alerts of `grade` or graver; `limit` holds back the least grave of them, and a caveat says so."""
    report = check.report
    snapshot, span, alerts = report.snapshot, report.span, report.alerts
    places = alerts.at_or_above(grade)
    shown = places if limit is None else places[:limit]
    watched = check.candidates
    caveats = [*check.caveats, *age_caveats(snapshot[watched.rows], span.start, span.end)]
    if len(shown) < len(places):
        caveats.append(f"{len(places):,} alerts stand; the gravest {len(shown):,} are listed.")
    if len(check.screening.skipped) > MAX_LISTED_SKIPPED:
        caveats.append(
            f"{len(check.screening.skipped):,} objects were skipped; {MAX_LISTED_SKIPPED} are listed, all are counted."
        )
    found = alerts.encounters
    body = {
        "start": span.start.isoformat(3),
        "end": span.end.isoformat(3),
        "watched": {
            "asked": watched.asked, "objects": len(watched), "left_out": dict(watched.left_out),
            "not_in_catalogue": list(watched.not_in_catalogue),
        },
        "policy": policy_row(alerts.policy),
        "grade": grade,
        "counts": alerts.counts(),
        "alerts_found": len(places),
        "alerts": [_row(check, place) for place in shown.tolist()],
        "stays": _stays(check),
        "left_out": dict(check.left_out),
        **skipped_parts(check.screening.skipped),
        "screened": {"approaches": len(check.screening), "reach_km": number(alerts.policy.screening_reach_km, 3)},
        "covariance_basis": sorted(
            {*found.primary_basis[shown].tolist(), *found.secondary_basis[shown].tolist()}
        ),
    }  # fmt: skip
    return answer(snapshot, span.start, body, caveats)


def policy_row(policy: Policy) -> dict[str, Any]:
    """A policy as JSON: the same keys as in a policy file."""

    def rows(grade: str) -> list[dict[str, Any]]:
        return [
            {name: list(values) if len(values) > 1 else values[0] for name, values in row} for row in policy.rows(grade)
        ]

    return {
        "name": policy.name, "title": policy.title, "source": policy.source, "standing": policy.standing,
        "rank_by": policy.rank_by, "red": rows("red"), "yellow": rows("yellow"),
        "screening_km": policy.distance_km,
        "screening_box_rtn_km": None if policy.box_rtn_km is None else list(policy.box_rtn_km),
    }  # fmt: skip


def _row(check: AlertCheck, place: int) -> dict[str, Any]:
    report = check.report
    found, radii = report.alerts.encounters, report.radii
    elements = found.elements
    primary, secondary = int(found.primary_row[place]), int(found.secondary_row[place])
    radial, along, across = numbers(found.miss_rtn_km[place], 6)
    return {
        "grade": GRADES[report.alerts.grade[place]],
        "primary_id": int(elements.norad_id[primary]),
        "primary_name": str(elements.name[primary]),
        "secondary_id": int(elements.norad_id[secondary]),
        "secondary_name": str(elements.name[secondary]),
        "secondary_is_watched": check.is_watched(secondary),
        "tca": found.tca[place].isoformat(3),
        "miss_distance_km": number(found.miss_distance_km[place], 6),
        "miss_rtn_km": [radial, along, across],
        "relative_speed_km_s": number(found.relative_speed_km_s[place], 6),
        "probability": _probability(found.probability[place]),
        "maximum_probability": _probability(found.maximum_probability[place]),
        "is_diluted": bool(found.is_diluted[place]),
        "is_slow": bool(found.is_slow[place]),
        "probability_method": str(found.method[place]),
        "straight_probability": _probability(found.straight_probability[place]),
        "sigma_rtn_km": numbers(found.joint_sigma_rtn_km[place], 4),
        "hard_body_radius_m": number(found.hard_body_radius_m[place], 3),
        "primary_radius_basis": str(radii.basis[primary]),
        "secondary_radius_basis": str(radii.basis[secondary]),
        "primary_age_days": number(found.primary_age_days[place], 4),
        "secondary_age_days": number(found.secondary_age_days[place], 4),
        "primary_covariance_basis": str(found.primary_basis[place]),
        "secondary_covariance_basis": str(found.secondary_basis[place]),
        "stands_for": int(report.stands_for[place]),
        "reasons": list(report.reasons(place)),
    }


def _probability(value: float) -> float | None:
    """Four digits, whatever the power of ten."""
    return None if value != value else float(f"{value:.3e}")


def _stays(check: AlertCheck) -> list[dict[str, Any]]:
    stays, elements = check.screening.stays, check.report.snapshot.elements
    start = check.report.span.start
    columns = zip(
        elements.norad_id[stays.primary_row].tolist(), elements.norad_id[stays.secondary_row].tolist(),
        iso_texts(start, stays.start_s), iso_texts(start, stays.end_s), numbers(stays.min_distance_km, 6), strict=True,
    )  # fmt: skip
    names = ("primary_id", "secondary_id", "start", "end", "min_distance_km")
    return [dict(zip(names, row, strict=True)) for row in columns]
