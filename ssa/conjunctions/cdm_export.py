"""Conjunctions of a screening as Conjunction Data Messages (CCSDS 508.0-B-1), for tools that read nothing else.

States are SGP4's at the time of closest approach, turned into ITRF, since the standard has no TEME. Covariances are
assumed by kind of orbit and age (`covariance`), so COVARIANCE_METHOD is DEFAULT; what they rest on, and that public
element sets support no manoeuvre decision, stands in comments. CREATION_DATE is that of the catalogue: the same
catalogue gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from orbits import Instants
from orbits.arrays import Floats, Integers
from orbits.constants import EARTH_ROTATION_RAD_S
from orbits.frames import teme_to_itrs_km
from orbits.own_times import states_at_own_times
from ssa.alerts.encounters import assess_encounters
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.cdm import CdmObject, ConjunctionDataMessage, frozen
from ssa.conjunctions.covariance import assumed_covariance
from ssa.conjunctions.hard_bodies import hard_body_radii
from ssa.conjunctions.screening import Screening
from ssa.errors import TooMuch

MAX_MESSAGES = 10_000
ORIGINATOR = "ALLIED-SSA"
_AXES = ("R", "T", "N", "RDOT", "TDOT", "NDOT")
_TYPES = {"PAY": "PAYLOAD", "R/B": "ROCKET BODY", "DEB": "DEBRIS"}
_TOO_SLOW = "No COLLISION_PROBABILITY: the encounter lasts too long for a straight pass"
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")


def messages_of(snapshot: CatalogueSnapshot, found: Screening) -> Iterator[ConjunctionDataMessage]:
    """One message for each conjunction of a screening of `snapshot.elements`, in order of time.

    Raises `TooMuch` above `MAX_MESSAGES`.
    """
    if len(found) > MAX_MESSAGES:
        raise TooMuch(
            "format", f"{len(found):,} conjunctions",
            f"are more than {MAX_MESSAGES:,} messages; ask for a smaller distance, a shorter window or fewer primaries",
        )  # fmt: skip
    times = _times(found)
    radii = hard_body_radii(snapshot)
    met = assess_encounters(snapshot.elements, found.primary_row, found.secondary_row, times, radius_m=radii.radius_m)
    sides = [_side(snapshot, rows, times) for rows in (found.primary_row, found.secondary_row)]
    created = snapshot.as_of.isoformat(3).rstrip("Z")
    for row in range(len(found)):
        one, other = int(found.primary_row[row]), int(found.secondary_row[row])
        ids = snapshot.elements.norad_id[[one, other]].tolist()
        tca = times[row].isoformat(6).rstrip("Z")
        relative: dict[str, str | float] = {
            "TCA": tca,
            "MISS_DISTANCE": float(found.miss_distance_km[row]) * 1e3,
            "RELATIVE_SPEED": float(found.relative_speed_km_s[row]) * 1e3,
            "START_SCREEN_PERIOD": found.span.start.isoformat(3).rstrip("Z"),
            "STOP_SCREEN_PERIOD": found.span.end.isoformat(3).rstrip("Z"),
        }
        for axis, place, speed in zip(
            "RTN", found.miss_rtn_km[row], found.relative_velocity_rtn_km_s[row], strict=True
        ):
            relative[f"RELATIVE_POSITION_{axis}"] = float(place) * 1e3
            relative[f"RELATIVE_VELOCITY_{axis}"] = float(speed) * 1e3
        if np.isfinite(met.probability[row]) and not met.is_slow[row]:
            relative["COLLISION_PROBABILITY"] = float(met.probability[row])
            relative["COLLISION_PROBABILITY_METHOD"] = "FOSTER-1992"
        radius = float(met.hard_body_radius_m[row])
        comments = (
            ("relative", f"HBR = {radius:.3f} [m]"),
            ("relative", f"Radii: {radii.basis[one]}; {radii.basis[other]}"),
            ("relative", "From public element sets, good to about a kilometre at epoch: no basis for a manoeuvre"),
            *((("relative", _TOO_SLOW),) if met.is_slow[row] else ()),
        )
        yield ConjunctionDataMessage(
            header=frozen(
                {
                    "CREATION_DATE": created, "ORIGINATOR": ORIGINATOR,
                    "MESSAGE_ID": f"{ids[0]}-{ids[1]}-{tca}",
                }
            ),
            relative=frozen(relative),
            objects=(sides[0](row, "OBJECT1"), sides[1](row, "OBJECT2")),
            comments=comments,
        )  # fmt: skip


def _times(found: Screening) -> Instants:
    days = found.span.start.day_fraction + found.tca_s / 86400.0
    whole = np.floor(days)
    return Instants(found.span.start.jd_day + whole, days - whole)


class _side:
    """The objects of one side, ready to be written one by one."""

    def __init__(self, snapshot: CatalogueSnapshot, rows: Integers, times: Instants) -> None:
        self.snapshot, self.rows = snapshot, rows
        elements = snapshot.elements
        position, velocity, _ = states_at_own_times(elements, rows, times)
        turning = EARTH_ROTATION_RAD_S * np.stack([position[:, 1], -position[:, 0], np.zeros(len(rows))], axis=1)
        self.position_km = teme_to_itrs_km(position, times)
        self.velocity_km_s = teme_to_itrs_km(velocity + turning, times)
        self.ages: Floats = (times.jd_day - elements.epoch_jd_day[rows]) + (
            times.day_fraction - elements.epoch_day_fraction[rows]
        )
        covariance = assumed_covariance(elements, rows, self.ages)
        self.covariance_m2 = covariance.state_rtn_km2 * 1e6
        self.basis = covariance.covariance_basis

    def __call__(self, row: int, which: str) -> CdmObject:
        at = int(self.rows[row])
        elements = self.snapshot.elements
        fields: dict[str, str | float] = {
            "OBJECT": which,
            "OBJECT_DESIGNATOR": str(int(elements.norad_id[at])),
            "CATALOG_NAME": "SATCAT",
            "OBJECT_NAME": _plain(elements.name[at]) or "UNKNOWN",
            "INTERNATIONAL_DESIGNATOR": _plain(elements.object_id[at]) or "UNKNOWN",
            "OBJECT_TYPE": _TYPES.get(str(self.snapshot.object_type[at]), "UNKNOWN"),
            "EPHEMERIS_NAME": "NONE",
            "COVARIANCE_METHOD": "DEFAULT",
            "MANEUVERABLE": "N/A",
            "REF_FRAME": "ITRF",
        }
        state = [*self.position_km[row].tolist(), *self.velocity_km_s[row].tolist()]
        fields |= dict(zip(("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"), state, strict=True))
        for line, first in enumerate(_AXES):
            for place, second in enumerate(_AXES[: line + 1]):
                fields[f"C{first}_{second}"] = float(self.covariance_m2[row, line, place])
        comments = (
            ("state", f"SGP4, element set {self.ages[row]:.2f} days old"),
            ("covariance", f"Covariance {_plain(self.basis[row])}"),
        )
        return CdmObject(frozen(fields), comments)


def _plain(text: object) -> str:
    return _UNPRINTABLE.sub("?", str(text)).strip()
