"""Made-up encounters and a made-up CDM, for tests that run everywhere."""

from __future__ import annotations

import numpy as np

from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.states import ObjectState

MESSAGE = """CCSDS_CDM_VERS = 1.0
COMMENT made up
CREATION_DATE = 2026-03-09T12:00:00.000
ORIGINATOR = TEST
MESSAGE_ID = MADE-UP-1
TCA = 2026-03-10T04:00:00.123
MISS_DISTANCE = 224.0 [m]
{header}OBJECT = OBJECT1
OBJECT_DESIGNATOR = 90001
CATALOG_NAME = SATCAT
OBJECT_NAME = ONE
INTERNATIONAL_DESIGNATOR = 2026-001A
OBJECT_TYPE = PAYLOAD
EPHEMERIS_NAME = NONE
COVARIANCE_METHOD = CALCULATED
MANEUVERABLE = YES
REF_FRAME = {frame}
X = 7000.0 [km]
Y = 0.0 [km]
Z = 0.0 [km]
X_DOT = 0.0 [km/s]
Y_DOT = 7.5 [km/s]
Z_DOT = 0.0 [km/s]
{covariance}OBJECT = OBJECT2
OBJECT_DESIGNATOR = 90002
CATALOG_NAME = SATCAT
OBJECT_NAME = TWO
INTERNATIONAL_DESIGNATOR = 2026-002A
OBJECT_TYPE = DEBRIS
EPHEMERIS_NAME = NONE
COVARIANCE_METHOD = CALCULATED
MANEUVERABLE = NO
REF_FRAME = {frame}
X = 7000.1 [km]
Y = 0.2 [km]
Z = 0.0 [km]
X_DOT = 0.0 [km/s]
Y_DOT = 0.0 [km/s]
Z_DOT = 7.5 [km/s]
{covariance}"""


def covariance_text(unit: bool = True) -> str:
    """A 6x6 RTN covariance with deviations 50, 200, 30 m and 0.2, 0.05, 0.03 m/s, uncorrelated."""
    sigma = {"R": 50.0, "T": 200.0, "N": 30.0, "RDOT": 0.2, "TDOT": 0.05, "NDOT": 0.03}
    names = list(sigma)
    lines = []
    for place, row in enumerate(names):
        for column in names[: place + 1]:
            value = sigma[row] ** 2 if row == column else 0.0
            power = row.endswith("DOT") + column.endswith("DOT")
            label = f" [{('m**2', 'm**2/s', 'm**2/s**2')[power]}]" if unit else ""
            lines.append(f"C{row}_{column} = {value}{label}\n")
    return "".join(lines)


def message_text(header: str = "", frame: str = "EME2000", unit: bool = True) -> str:
    """A whole message in KVN."""
    return MESSAGE.format(header=header, frame=frame, covariance=covariance_text(unit))


def crossing(
    miss_km: tuple[float, float] = (0.1, 0.05), sigma_km: float = 0.1, angle_rad: float = 1.5, seed: int = 0
) -> Encounter:
    """Two circular orbits that cross at an angle, the secondary past the primary's side."""
    speed = 7.5
    rng = np.random.default_rng(seed)
    states = []
    for velocity, offset in (
        ((0.0, speed, 0.0), (0.0, 0.0, 0.0)),
        ((0.0, speed * np.cos(angle_rad), speed * np.sin(angle_rad)), (miss_km[0], 0.0, miss_km[1])),
    ):
        root = rng.normal(size=(6, 6)) * np.array([1, 1, 1, 1e-3, 1e-3, 1e-3])[:, None] * sigma_km / 2.0
        covariance = root @ root.T + np.diag([sigma_km**2] * 3 + [(1e-3 * sigma_km) ** 2] * 3)
        states.append(ObjectState(np.array([7000.0, 0.0, 0.0]) + offset, velocity, covariance))
    return Encounter(*states)
