"""Collision probabilities as both faces give them: methods by name, the usage test beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ssa.conjunctions.assessment import CollisionAssessment, collision_probability
from ssa.conjunctions.cdm import ConjunctionDataMessage
from ssa.conjunctions.cdm_encounter import HardBodyRadius, encounter_of, hard_body_radius_of

NO_CATALOGUE = (
    "No catalogue was used: the states and covariances are those of the message, as good as its originator made them."
)
NO_DECISION = (
    "A probability rests on its covariances and hard-body radius; it is no basis for a manoeuvre without the "
    "operators' own orbits."
)


@dataclass(frozen=True)
class Assessed:
    """An assessment with what the answer says of its origin."""

    assessment: CollisionAssessment
    radius: HardBodyRadius
    file: str | None = None
    message: ConjunctionDataMessage | None = None


def assess_message(message: ConjunctionDataMessage, radius_m: float | None, file: str | None = None) -> Assessed:
    """Assess a message; `radius_m` goes before what the message says of its radius."""
    encounter = encounter_of(message)
    radius = hard_body_radius_of(message) if radius_m is None else HardBodyRadius(radius_m, "given", False)
    return Assessed(collision_probability(encounter, hard_body_radius_m=radius.radius_m), radius, file, message)


def probability_answer(assessed: Sequence[Assessed], skipped: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The answer: `catalogue` is null, since none was used."""
    caveats = [NO_CATALOGUE, NO_DECISION]
    if any(one.radius.is_assumed for one in assessed):
        caveats.append("A hard-body radius is assumed by class of object: give the real one with hard_body_radius_m.")
    failing = sum(one.assessment.usage.applies is False for one in assessed)
    if failing:
        caveats.append(
            f"{failing} of {len(assessed)}: the 2-D methods do not apply; use three_dimensional (see usage)."
        )
    unknown = sum(one.assessment.usage.applies is None for one in assessed)
    if unknown:
        caveats.append(
            f"{unknown} of {len(assessed)}: whether the two-dimensional methods apply cannot be told (see usage)."
        )
    return {
        "catalogue": None,
        "caveats": caveats,
        "results": [_result(one) for one in assessed],
        "skipped": list(skipped),
    }


def assessment_parts(found: CollisionAssessment) -> dict[str, Any]:
    """Methods by name, those that are refused, dilution and the usage test."""
    return {
        "methods": {
            name: None
            if method.value is None
            else {
                "value": method.value,
                "lower": method.lower,
                "upper": method.upper,
                "assumptions": list(method.assumptions),
            }
            for name, method in found.methods.items()
        },
        "refused": {name: "; ".join(method.reasons) for name, method in found.methods.items() if method.value is None},
        "dilution": {
            "scale": found.maximum.dilution_scale,
            "sigma_small_km": found.maximum.dilution_sigma_km,
            "is_diluted": found.maximum.is_diluted,
        },
        "usage": {
            "two_dimensional_applies": found.usage.applies,
            "margin": _finite(found.usage.margin),
            "duration_s": _finite(found.usage.duration_s),
            "duration_of_period": _finite(found.usage.duration_of_period),
            "offset_of_period": _finite(found.usage.offset_of_period),
            "three_over_two_dimensional": _finite(found.usage.ratio),
            "bend_of_sigma": _finite(found.usage.bend_of_sigma),
            "covariance_repaired": found.usage.covariance_repaired,
            "reasons": list(found.usage.reasons),
            "use": "foster1992" if found.usage.applies else "three_dimensional",
        },
    }


def _result(one: Assessed) -> dict[str, Any]:
    found, message = one.assessment, one.message
    plane = found.plane
    return {
        "file": one.file,
        "message_id": _text(message, "header", "MESSAGE_ID"),
        "tca": message.tca.isoformat(3) if message else None,
        "objects": [part.name for part in message.objects] if message else None,
        "hard_body_radius_m": one.radius.radius_m,
        "hard_body_radius_source": one.radius.source,
        "miss_distance_km": found.encounter.miss_distance_km,
        "relative_speed_km_s": found.encounter.relative_speed_km_s,
        "plane": None if plane is None else {
            "miss_km": plane.miss_km,
            "sigma_small_km": min(plane.sigma_x_km, plane.sigma_y_km),
            "sigma_large_km": max(plane.sigma_x_km, plane.sigma_y_km),
            "mahalanobis": plane.mahalanobis,
        },
        **assessment_parts(found),
        "message_probability": None if message is None else message.relative.get("COLLISION_PROBABILITY"),
        "message_probability_method": _text(message, "relative", "COLLISION_PROBABILITY_METHOD"),
        "notes": list(message.notes) if message else [],
    }  # fmt: skip


def _text(message: ConjunctionDataMessage | None, part: str, name: str) -> str | None:
    value = getattr(message, part).get(name) if message else None
    return None if value is None else str(value)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
