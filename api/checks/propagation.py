"""SGP4 against the `sgp4` package: its verification file, and a sample of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from api.checks import Check, judged
from orbits import ElementSets, Instants
from orbits.arrays import Floats
from orbits.constants import MINUTES_PER_DAY, SGP4_DEEP_SPACE_PERIOD_MIN, TAU
from orbits.propagation import propagate
from ssa.catalogue.snapshot import CatalogueSnapshot

NEAR_EARTH_LIMIT_MM = 1.0
DEEP_SPACE_LIMIT_MM = 10.0
# The file prints 8 decimals of a kilometre; one set stands 3.5 years from its epoch, where the printed file itself is
# 0.12 mm away from the package that it travels with.
VERIFICATION_LIMIT_MM = 0.2
SAMPLE = 500
_REPEATED_BLOCK = 33334  # fails at once, and the program that wrote the file printed the block before it again
_DAY_OF_1949_12_31 = 2433281.5
_OFFSETS_MIN = np.array([-10080.0, -4321.7, -1440.0, -97.3, 0.0, 61.1, 1440.0, 5003.9, 10080.0])


def verification_check() -> Check:
    """`SGP4-VER.TLE` against `tcppver.out`, as both travel inside the `sgp4` wheel (AIAA 2006-6753)."""
    import sgp4

    folder = Path(sgp4.__file__).parent
    printed = _printed_states((folder / "tcppver.out").read_text(encoding="utf-8"))
    lines = [line for line in (folder / "SGP4-VER.TLE").read_text(encoding="utf-8").splitlines() if line[:1] in "12"]
    worst_mm, states, sets = 0.0, 0, 0
    for first, second in zip(lines[::2], lines[1::2], strict=True):
        elements = ElementSets.read(f"{_checked(first)}\n{_checked(second)}\n".encode())
        expected = printed[int(elements.norad_id[0])]
        if int(elements.norad_id[0]) == _REPEATED_BLOCK:
            continue
        found = propagate(elements, Instants.after(elements.epoch(0), expected[:, 0] * 60.0), velocities=False)
        difference_mm = np.linalg.norm(found.position_teme_km[0] - expected[:, 1:4], axis=1) * 1e6
        worst_mm = max(worst_mm, float(difference_mm.max()) if np.isfinite(difference_mm).all() else np.inf)
        states += len(expected)
        sets += 1
    return judged(
        "SGP4 verification file", worst_mm <= VERIFICATION_LIMIT_MM,
        f"{states} printed states of {sets} sets, worst {worst_mm:.3f} mm (limit {VERIFICATION_LIMIT_MM} mm)",
        sets=sets, states=states, worst_mm=round(worst_mm, 4) if np.isfinite(worst_mm) else None,
    )  # fmt: skip


def catalogue_sample_check(snapshot: CatalogueSnapshot) -> Check:
    """A sample of the catalogue over 7 days either side of each epoch, state by state against the `sgp4` package."""
    rows = np.unique(np.linspace(0, len(snapshot) - 1, SAMPLE).round().astype(np.int64))
    near_mm, deep_mm, other_status = 0.0, 0.0, 0
    for row in rows.tolist():
        elements = snapshot.elements[row]
        if int(elements.ephemeris_type[0]) == 4:
            continue
        found = propagate(elements, Instants.after(elements.epoch(0), _OFFSETS_MIN * 60.0), velocities=False)
        status, position = _oracle_states(elements)
        other_status += int((status != found.status[0]).sum())
        both = (status == 0) & (found.status[0] == 0)
        if both.any():
            worst = float(np.linalg.norm(found.position_teme_km[0][both] - position[both], axis=1).max()) * 1e6
            if float(elements.period_min[0]) >= SGP4_DEEP_SPACE_PERIOD_MIN:
                deep_mm = max(deep_mm, worst)
            else:
                near_mm = max(near_mm, worst)
    ok = near_mm <= NEAR_EARTH_LIMIT_MM and deep_mm <= DEEP_SPACE_LIMIT_MM and other_status == 0
    return judged(
        "SGP4 on the catalogue", ok,
        f"{len(rows)} objects x {len(_OFFSETS_MIN)} times within 7 days: near-earth worst {near_mm:.4f} mm (limit "
        f"{NEAR_EARTH_LIMIT_MM:g}), deep space {deep_mm:.4f} mm (limit {DEEP_SPACE_LIMIT_MM:g}), {other_status} other "
        "statuses",
        objects=len(rows), times=len(_OFFSETS_MIN), near_earth_worst_mm=round(near_mm, 6),
        deep_space_worst_mm=round(deep_mm, 6), other_statuses=other_status,
    )  # fmt: skip


def _oracle_states(elements: ElementSets) -> tuple[Any, Floats]:
    from sgp4.api import WGS72, Satrec

    satellite = Satrec()
    satellite.sgp4init(
        WGS72, "i", int(elements.norad_id[0]) % 340_000,
        float(elements.epoch_jd_day[0] - _DAY_OF_1949_12_31) + float(elements.epoch_day_fraction[0]),
        float(elements.bstar_per_earth_radius[0]), 0.0, 0.0, float(elements.eccentricity[0]),
        *(float(np.radians(getattr(elements, name)[0])) for name in (
            "argument_of_perigee_deg", "inclination_deg", "mean_anomaly_deg")),
        float(elements.mean_motion_rev_day[0]) * TAU / MINUTES_PER_DAY, float(np.radians(elements.raan_deg[0])),
    )  # fmt: skip
    states = [satellite.sgp4_tsince(float(minutes)) for minutes in _OFFSETS_MIN]
    return np.array([state[0] for state in states]), np.array([state[1] for state in states])


def _printed_states(text: str) -> dict[int, Floats]:
    blocks: dict[int, list[list[float]]] = {}
    current = 0
    for fields in (line.split() for line in text.splitlines()):
        if len(fields) == 2 and fields[1] == "xx":
            current = int(fields[0])
            blocks.setdefault(current, [])
        elif fields:
            blocks[current].append([float(field) for field in fields[:4]])
    return {number: np.array(rows) for number, rows in blocks.items()}


def _checked(line: str) -> str:
    """The line with the right checksum: a few sets of the file carry wrong ones on purpose."""
    total = sum(int(letter) if letter.isdigit() else letter == "-" for letter in line[:68])
    return f"{line[:68]}{total % 10}"
