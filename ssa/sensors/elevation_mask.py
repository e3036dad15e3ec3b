"""The condition of a horizon: the satellite above a mask that varies with its azimuth at the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import radians
from typing import Any, ClassVar

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from orbits.sites import HorizonMask
from ssa.elevation_mask_kernels import MASK, MASK_POINTS, POINTS_PER_ROW
from ssa.sensors.geometry import AccessGeometry
from ssa.sensors.rules import Condition

MAX_MASK_POINTS = 720
# Two states of a search at least between neighbouring points, for a satellite up to 45 deg high; no view below half a
# degree.
_STATES_BETWEEN_POINTS, _LEAST_VIEW_DEG = 2.0, 0.5
_FORM = "write it as [[azimuth, elevation], ...] in degrees, or as text: 0:5,180:15"


@dataclass(frozen=True, slots=True)
class ElevationMask(Condition):
    """The satellite stands above `mask_deg`: points (azimuth_deg, elevation_deg), joined by straight lines.

    Azimuths from 0 (north) by 90 (east) to below 360, elevations -10 to 89.9 deg, at most 720 points, in any order; or
    a `HorizonMask`, or text as `HorizonMask.parse` reads it. Every target has the same mask. The margin is the
    elevation less the mask at the satellite's azimuth; it jumps at the target's zenith.

    >>> str(ElevationMask("0:5,90:20,180:5")), ElevationMask([(180, 15), (0, 5)]).mask_deg
    ('elevation at least 5 to 20 deg by azimuth', ((0.0, 5.0), (180.0, 15.0)))
    """

    mask_deg: Any
    NAME: ClassVar[str] = "elevation_mask"

    def __post_init__(self) -> None:
        object.__setattr__(self, "mask_deg", _points(self.mask_deg))

    @property
    def horizon(self) -> HorizonMask:
        return HorizonMask(self.mask_deg)

    def margin(self, geometry: AccessGeometry) -> Floats:
        mask = np.radians(self.horizon.at(np.degrees(geometry.azimuth_rad)))
        return np.asarray(geometry.elevation_rad - mask)

    @property
    def keeps_above_horizon(self) -> bool:
        return True

    @property
    def search_view_deg(self) -> float:
        """How far a search for accesses may let the view turn between two states, so that it sees each point's part."""
        azimuths = [azimuth for azimuth, _ in self.mask_deg]
        apart = np.diff([*azimuths, azimuths[0] + 360.0])
        return max(float(apart.min()) / _STATES_BETWEEN_POINTS, _LEAST_VIEW_DEG)

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return MASK, False, (radians(self.horizon.lowest_deg), len(self.mask_deg), radians(self.search_view_deg))

    def more_rows(self) -> tuple[tuple[int, tuple[float, ...]], ...]:
        parts = [self.mask_deg[k : k + POINTS_PER_ROW] for k in range(0, len(self.mask_deg), POINTS_PER_ROW)]
        return tuple((MASK_POINTS, tuple(radians(value) for point in part for value in point)) for part in parts)

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.NAME, "mask_deg": [list(point) for point in self.mask_deg]}

    def __str__(self) -> str:
        return f"elevation at least {self._bounds}"

    def words_for_not(self) -> str:
        return f"elevation below {self._bounds}"

    @property
    def _bounds(self) -> str:
        low, high = self.horizon.lowest_deg, max(elevation for _, elevation in self.mask_deg)
        return f"{low:g} deg" if low == high else f"{low:g} to {high:g} deg by azimuth"


def _points(mask: Any) -> tuple[tuple[float, float], ...]:
    try:
        if isinstance(mask, HorizonMask):
            points = mask.points
        elif isinstance(mask, str):
            points = HorizonMask.parse(mask).points
        else:
            points = HorizonMask(tuple(sorted(map(_pair, _listed(mask))))).points
    except InvalidValue as error:
        part = error.field.removeprefix("mask ") if error.field.startswith("mask ") else ""
        raise InvalidValue("mask_deg", f"{part} {error.value}".strip(), error.reason) from None
    if len(points) > MAX_MASK_POINTS:
        raise InvalidValue("mask_deg", f"{len(points)} points", f"more than {MAX_MASK_POINTS}; leave out every other")
    return points


def _listed(mask: Any) -> Sequence[Any]:
    if not isinstance(mask, Sequence) or not mask:
        raise InvalidValue("mask_deg", repr(mask)[:80], f"is no mask; {_FORM}")
    return mask


def _pair(point: Any) -> tuple[float, float]:
    numbers = isinstance(point, Sequence) and all(
        isinstance(value, (int, float)) and not isinstance(value, bool) for value in point
    )
    if not numbers or len(point) != 2:
        raise InvalidValue("mask_deg", repr(point)[:80], f"is no point of a mask; {_FORM}")
    return float(point[0]), float(point[1])
