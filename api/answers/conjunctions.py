"""One conjunction in full: geometry, encounter plane, probabilities by method and what they rest on."""

from __future__ import annotations

from typing import Any

import orjson

from api.answers.columns import number, numbers
from api.answers.envelope import age_caveats, answer
from api.answers.probability import assessment_parts
from api.answers.screening import conjunction_rows
from api.found_conjunctions import Listing, Shelf
from orbits import Instant
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.covariance import NO_MANOEUVRE_DECISION
from ssa.conjunctions.examination import AXES_NOTE, Examination

CONJUNCTIONS = "/v1/conjunctions"
_NOT_CLOSEST = (
    "The distance has no minimum at this time: a window cut the approach short, or the time is none of a screening's."
)
_ASSUMED = (
    "Covariances are assumed by kind of orbit and age (docs/element-accuracy.md) and know no manoeuvres; real errors "
    "beyond three sigma are more frequent than normal."
)


def conjunction_answer(name: str, snapshot: CatalogueSnapshot, one: Examination) -> dict[str, Any]:
    """The whole answer; `name` is the conjunction's id, `snapshot` the whole catalogue that it comes from."""
    found, assessed = one.found, one.assessment
    row = {key: value for key, value in conjunction_rows(one.snapshot, found)[0].items() if not key.startswith("cut_")}
    applies = assessed.usage.applies
    caveats = [NO_MANOEUVRE_DECISION, _ASSUMED, *age_caveats(one.snapshot, one.tca, one.tca)]
    if not one.is_closest:
        caveats.append(_NOT_CLOSEST)
    if applies is False:
        caveats.append("The two-dimensional methods do not apply to this encounter: see probability.usage.")
    best = assessed.best
    body = {
        "conjunction": {
            **row,
            "id": name,
            "tca": one.tca.isoformat(6),
            "is_closest_approach": one.is_closest,
            "primary": _object(one, 0),
            "secondary": _object(one, 1),
            "encounter_plane": _plane(one),
            "probability": {
                "value": best.value,
                "method": best.method,
                "covariance_basis": [str(basis) for basis in one.covariances.covariance_basis],
                "hard_body_radius_m": assessed.hard_body_radius_m,
                **assessment_parts(assessed),
            },
            "files": {form: f"{CONJUNCTIONS}/{name}.{form}" for form in ("cdm", "czml")},
        }
    }
    return answer(snapshot, one.tca, body, caveats)


def _object(one: Examination, side: int) -> dict[str, Any]:
    """One of the two, with the other as it is seen from it."""
    snapshot, row = one.snapshot, one.rows[side]
    elements = snapshot.elements
    state = (one.encounter.primary, one.encounter.secondary)[side]
    place, velocity = one.seen_from(side)
    return {
        "norad_id": int(elements.norad_id[row]),
        "name": str(elements.name[row]),
        "object_id": str(elements.object_id[row]) or None,
        "owner": snapshot.owner[row],
        "object_type": snapshot.object_type[row],
        "ops_status": snapshot.ops_status[row],
        "epoch": elements.epoch(row).isoformat(),
        "age_days": number(one.tca.days_since(elements.epoch(row)), 4),
        "position_teme_km": numbers(state.position_km, 6),
        "velocity_teme_km_s": numbers(state.velocity_km_s, 9),
        "other_rtn_km": numbers(place, 6),
        "other_velocity_rtn_km_s": numbers(velocity, 9),
        "sigma_rtn_km": numbers(one.covariances.sigma_rtn_km[side], 4),
        "covariance_basis": str(one.covariances.covariance_basis[side]),
        "hard_body_radius_m": number(float(one.radius_m[side]), 3),
        "hard_body_radius_basis": one.radius_basis[side],
    }


def _plane(one: Examination) -> dict[str, Any] | None:
    plane = one.upright_plane()
    if plane is None:
        return None
    return {
        "miss_km": numbers(plane.miss_km, 6),
        "covariance_km2": [numbers(row, 9) for row in plane.covariance_km2],
        "hard_body_radius_m": one.assessment.hard_body_radius_m,
        "axes_rtn": [numbers(axis, 9) for axis in plane.axes_rtn],
        "axes_note": AXES_NOTE,
    }


def conjunctions_answer(
    snapshot: CatalogueSnapshot, at: Instant, shelf: Shelf, found: Listing, page: slice, caveats: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A page of the conjunctions that screenings found; the rows are JSON already."""
    said = list(caveats)
    if not shelf.screenings:
        said.append("No finished screening is kept: ask POST /v1/screenings first.")
    said += [
        f"Screening {one.job.id} found {one.head['conjunctions_found']:,} conjunctions; the {len(one):,} nearest are "
        "kept."
        for one in shelf.screenings
        if one.head["conjunctions_found"] > len(one)
    ]
    left_out = dict(found.left_out)
    if shelf.not_listed:
        left_out["screenings older than those listed"] = shelf.not_listed
    body = {
        "total": len(found.places),
        "conjunctions": [
            orjson.Fragment(shelf.screenings[screening].rows[row]) for screening, row in found.places[page].tolist()
        ],
        "screenings": [one.head for one in shelf.screenings],
        "left_out": left_out,
    }
    return answer(snapshot, at, body, said)
