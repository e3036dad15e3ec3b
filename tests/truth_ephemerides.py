"""Independent ephemerides beside the project, in TEME, and what element sets miss of them.

EME2000 is turned by Skyfield: J2000 to the true equator and equinox of date, then by the equation of the equinoxes to
the mean equinox that TEME has. A frame bias of 23 mas (0.8 m in low orbits) is left out. CPF positions in ITRF go the
project's own way backwards; their velocities are differences of positions.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from skyfield.api import load
from skyfield.sgp4lib import TEME

from orbits import ElementSets, Instants
from orbits.arrays import Floats
from orbits.earth_orientation import EarthOrientation
from orbits.frames import rtn_axes
from orbits.own_times import states_at_own_times


@dataclass(frozen=True, eq=False)
class Truth:
    """Times (t,) with positions and velocities (t, 3) in TEME, km and km/s."""

    times: Instants
    position_teme_km: Floats
    velocity_teme_km_s: Floats


def teme_of_j2000(times: Instants, vectors: list[Floats]) -> list[Floats]:
    """Vectors (t, 3) from the mean equator and equinox of J2000 to TEME."""
    scale = load.timescale(builtin=True)
    when = scale.ut1_jd(times.jd_day + times.day_fraction)  # UT1 for UTC: 0.9 s moves these axes by less than a mm
    turn = TEME.rotation_at(when)
    return [np.einsum("ijt,tj->ti", turn, vector) for vector in vectors]


def read_oem(file: Path) -> Truth:
    """A NASA OEM in XML, EME2000."""
    text = gzip.decompress(file.read_bytes()).decode()
    epochs = [
        datetime.strptime(t, "%Y-%jT%H:%M:%S.%fZ").replace(tzinfo=UTC) for t in re.findall(r"<EPOCH>(.*?)</E", text)
    ]
    columns = [
        np.array([float(v) for v in re.findall(rf'<{name} units="[^"]*">(.*?)<', text)])
        for name in ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
    ]
    times = Instants.of(epochs)
    position, velocity = teme_of_j2000(times, [np.column_stack(columns[:3]), np.column_stack(columns[3:])])
    return Truth(times, position, velocity)


def read_cpf(file: Path) -> Truth:
    """A CPF prediction in ITRF; the first and last epoch are left out, since velocities are central differences."""
    rows = [line.split() for line in file.read_text().splitlines() if line.startswith("10 ")]
    day = np.array([float(row[2]) + 2400000.5 for row in rows])
    fraction = np.array([float(row[3]) for row in rows]) / 86400.0
    fixed = np.array([[float(v) for v in row[5:8]] for row in rows]) / 1e3
    times = Instants(day, fraction)
    earth = EarthOrientation.bundled()
    angle = earth.sidereal_angle_rad(times.jd_day, times.day_fraction)
    pole_x, pole_y = earth.polar_motion_rad(times.jd_day, times.day_fraction)
    x, y, z = fixed.T
    x, y, z = x - pole_x * z, y + pole_y * z, z + pole_x * x - pole_y * y
    cosine, sine = np.cos(angle), np.sin(angle)
    inertial = np.column_stack([cosine * x - sine * y, sine * x + cosine * y, z])
    seconds = (day - day[0]) * 86400.0 + fraction * 86400.0
    velocity = (inertial[2:] - inertial[:-2]) / (seconds[2:] - seconds[:-2])[:, None]
    return Truth(Instants(day[1:-1], fraction[1:-1]), inertial[1:-1], velocity)


def errors_against(elements: ElementSets, truth: Truth) -> tuple[Floats, Floats]:
    """Ages (n, t) in days, and errors (n, t, 3) in km in the truth's RTN axes, of every set at every time."""
    rows, count = len(elements), len(truth.times)
    times = Instants(np.tile(truth.times.jd_day, rows), np.tile(truth.times.day_fraction, rows))
    position, _, _ = states_at_own_times(elements, np.repeat(np.arange(rows), count), times)
    axes = rtn_axes(truth.position_teme_km, truth.velocity_teme_km_s)
    error = position.reshape(rows, count, 3) - truth.position_teme_km
    age = (truth.times.jd_day[None] - elements.epoch_jd_day[:, None]) + (
        truth.times.day_fraction[None] - elements.epoch_day_fraction[:, None]
    )
    return age, np.einsum("tij,ntj->nti", axes, error)
