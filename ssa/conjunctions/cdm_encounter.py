"""From a message to an encounter, and to the hard-body radius: what the message says, or what is assumed and said."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ssa.conjunctions.cdm import ConjunctionDataMessage
from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.states import M2_PER_KM2, ObjectState
from ssa.errors import ConjunctionMessageError

_STILL_FRAMES = ("EME2000", "GCRF", "ICRF", "J2000", "TEME", "TOD", "MOD")
_TURNING_FRAMES = ("ITRF", "ITRF2000", "ITRF2008", "ITRF2014", "ITRF2020")
_COMMENTED_RADIUS = re.compile(
    r"\s*(?:COMBINED\s+)?(?:HBR|HARD[ _-]BODY[ _-]RADIUS)\s*[=:]\s*([0-9.eE+-]+)\s*(\[?m\]?)?", re.I
)

# metres by class where nothing better is known: those of SOCRATES Plus as its users quote it (2026); not a measurement
CLASS_RADIUS_M = {"PAYLOAD": 5.0, "ROCKET BODY": 5.0, "DEBRIS": 0.5, "UNKNOWN": 1.0, "OTHER": 1.0}


@dataclass(frozen=True)
class HardBodyRadius:
    """The combined radius and where it comes from."""

    radius_m: float
    source: str
    is_assumed: bool


def encounter_of(message: ConjunctionDataMessage) -> Encounter:
    """The two states and covariances of a message, in its frame made inertial.

    Raises `ConjunctionMessageError` for missing states or covariances (as in `cdm_public`), and for frames that are
    not known or differ between the objects. A state in ITRF gets the Earth's turning; its RTN axes are then the
    inertial ones.
    """
    frames = [str(one.fields.get("REF_FRAME", "EME2000")).upper() for one in message.objects]
    if frames[0] != frames[1]:
        raise ConjunctionMessageError(
            f"using a CDM: REF_FRAME differs between the objects ({frames[0]}, {frames[1]}); give one frame"
        )
    if frames[0] not in (*_STILL_FRAMES, *_TURNING_FRAMES):
        raise ConjunctionMessageError(f"using a CDM: REF_FRAME {frames[0]!r} is not known; use EME2000, GCRF or ITRF")
    states = []
    for which, one in enumerate(message.objects, 1):
        state = one.state_km
        covariance = one.covariance_rtn_m2(6)
        covariance = one.covariance_rtn_m2(3) if covariance is None else covariance
        if state is None or covariance is None:
            what = "state (X ... Z_DOT)" if state is None else "position covariance (CR_R ... CN_N)"
            raise ConjunctionMessageError(
                f"using a CDM: object {which} ({one.name}) has no {what}; a probability needs both. "
                "Space-Track's cdm_public carries neither: ask for the operator's message"
            )
        make = ObjectState.from_itrf_rtn if frames[0] in _TURNING_FRAMES else ObjectState.from_rtn
        basis = f"{str(one.fields.get('COVARIANCE_METHOD', 'not said')).lower()}, from the message"
        states.append(make(state[:3], state[3:], covariance / M2_PER_KM2, covariance_basis=basis))
    return Encounter(states[0], states[1])


def hard_body_radius_of(message: ConjunctionDataMessage) -> HardBodyRadius:
    """The combined hard-body radius: from a comment, else from both AREA_PC, else by class, and said so."""
    for text in message.all_comments:
        found = _COMMENTED_RADIUS.match(text)
        if found:
            try:
                radius = float(found[1])
            except ValueError:
                continue
            if 0.0 < radius < 1e5:
                return HardBodyRadius(radius, "the message's comment", False)
    areas = [one.fields.get("AREA_PC") for one in message.objects]
    if all(area is not None and float(area) > 0.0 for area in areas):
        radius = sum(math.sqrt(float(area or 0.0) / math.pi) for area in areas)
        return HardBodyRadius(radius, "AREA_PC of both objects, taken as disks", False)
    classes = [str(one.fields.get("OBJECT_TYPE", "UNKNOWN")).upper() for one in message.objects]
    classes = [one if one in CLASS_RADIUS_M else "UNKNOWN" for one in classes]
    radius = sum(CLASS_RADIUS_M[one] for one in classes)
    shown = " + ".join(f"{one.lower()} {CLASS_RADIUS_M[one]:g} m" for one in classes)
    return HardBodyRadius(radius, f"assumed by class: {shown}", True)
