"""Dilution of precision: how the directions to the satellites in view turn ranging errors into position errors.

GDOP, PDOP, HDOP, VDOP and TDOP are square roots of parts of the inverse of the normal matrix of unit line-of-sight
vectors and a clock, unweighted (Kaplan and Hegarty 2017, section 11.3). Below the mask nothing is used. Geometric: no
refraction, no terrain, no light time. Within 0.001 of the published table of the reference file.

No solution (NaN) below four satellites, and where the condition of the normal matrix is above 1e12, taken as the
product of the Frobenius norms of matrix and inverse (at most four times the usual, spectral one).

Several systems: by default one clock for all, as if their time offsets were known (they are broadcast). With
`own_clocks` each further system in view brings an unknown of its own and needs a satellite more; TDOP is then that of
the first system in view, and GDOP that of position and this clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from orbits import ElementSets, TimeGrid
from orbits.arrays import Floats, Integers, read_only
from orbits.earth_orientation import EarthOrientation
from orbits.errors import InvalidValue
from orbits.frames import teme_to_itrs
from orbits.jit import in_slices
from orbits.propagation import propagate
from orbits.sites import GroundSite
from ssa.navigation import dop_kernels as k
from ssa.regions.cells import CellGrid

MOST_VALUES = 10_000_000  # points x times of one answer: 1 GB while it is made; ask for measures beyond
DEFAULT_MASK_DEG = 5.0  # the mask of the GPS SPS Performance Standard, 5th edition (2020)


@dataclass(frozen=True, eq=False)
class Dops:
    """Columns (points, times): `satellites` in view above the mask, and five dilutions, NaN where none exists."""

    times: TimeGrid
    satellites: Integers
    gdop: Floats
    pdop: Floats
    hdop: Floats
    vdop: Floats
    tdop: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "satellites", read_only(self.satellites, np.int64))
        for name in ("gdop", "pdop", "hdop", "vdop", "tdop"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))


@dataclass(frozen=True, eq=False)
class Points:
    """Where dilution is asked: `position_itrs_km` and `up_itrs` (the ellipsoid's normal), (c, 3)."""

    position_itrs_km: Floats
    up_itrs: Floats

    @classmethod
    def of(cls, places: CellGrid | Sequence[GroundSite]) -> Points:
        """Of cells (their points, at height 0) or of sites."""
        if isinstance(places, CellGrid):
            latitude, longitude = np.radians(places.latitude_deg), np.radians(places.longitude_deg)
            up = np.stack(
                [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=-1
            )
            return cls(places.position_itrs_km, np.ascontiguousarray(up))
        position = np.array([site.position_itrs_km for site in places]).reshape(-1, 3)
        return cls(position, np.array([site.enu_axes[2] for site in places]).reshape(-1, 3))

    def __len__(self) -> int:
        return len(self.position_itrs_km)


def satellite_positions_km(
    elements: ElementSets, times: TimeGrid, orientation: EarthOrientation | None = None, threads: int | None = None
) -> Floats:
    """ITRS positions (n, t, 3) in km, NaN where SGP4 has no state."""
    states = propagate(elements, times, velocities=False, threads=threads)
    return np.ascontiguousarray(teme_to_itrs(states, orientation).position_itrs_km)


def dop_at(
    elements: ElementSets,
    places: CellGrid | Sequence[GroundSite],
    times: TimeGrid,
    *,
    system: npt.ArrayLike | None = None,
    mask_deg: float = DEFAULT_MASK_DEG,
    own_clocks: bool = False,
    orientation: EarthOrientation | None = None,
    threads: int | None = None,
) -> Dops:
    """The satellites in view and the dilutions at every place and time, from exactly these element sets.

    `system` (n,) numbers the system of each satellite in order (default: one system). `threads` (default: all cores)
    changes no digit. Raises `InvalidValue` for a mask outside 0 to 89, systems out of order, or too many values.

    >>> from orbits import GroundSite
    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> snapshot = simulated_catalogue()
    >>> gps = snapshot[[name.startswith("GPS BIII") for name in snapshot.elements.name]].elements
    >>> found = dop_at(gps, [GroundSite("Riga", 56.9, 24.1)], TimeGrid(start=snapshot.as_of, step_s=3600, count=2))
    >>> found.pdop.shape, bool((found.satellites >= 4).all())
    ((1, 2), True)
    """
    points = Points.of(places)
    if len(points) * len(times) > MOST_VALUES:
        reason = f"more than {MOST_VALUES:,} values; ask for measures, or in parts"
        raise InvalidValue("times", f"{len(points)} points x {len(times)} times", reason)
    systems = checked_systems(system, len(elements))
    mask_rad = np.radians(checked_mask(mask_deg))
    satellites = satellite_positions_km(elements, times, orientation, threads)
    dops: Floats = np.empty((6, len(points), len(times)))

    def work(first: int, last: int) -> None:
        for block in range(first, last):
            here, end = block * k.BLOCK, min((block + 1) * k.BLOCK, len(points))
            part = np.empty((6, end - here, len(times)))
            k.dop_kernel(
                satellites, systems, points.position_itrs_km, points.up_itrs, mask_rad, int(own_clocks), here, end, part
            )
            dops[:, here:end] = part

    in_slices(work, -(-len(points) // k.BLOCK), threads)
    dops[np.isinf(dops)] = np.nan
    return Dops(times, dops[k.SATELLITES].astype(np.int64), *(dops[row] for row in range(k.GDOP, k.TDOP + 1)))


def checked_mask(mask_deg: float) -> float:
    """The elevation mask; raises `InvalidValue` outside 0 to 89 deg."""
    if isinstance(mask_deg, bool) or not isinstance(mask_deg, (int, float)) or not 0.0 <= mask_deg <= 89.0:
        raise InvalidValue("min_elevation_deg", mask_deg, "outside 0 to 89")
    return float(mask_deg)


def checked_systems(system: npt.ArrayLike | None, count: int) -> Integers:
    """System numbers in order, one for each satellite."""
    given = np.zeros(count, dtype=np.int64) if system is None else np.asarray(system, dtype=np.int64)
    if given.shape != (count,) or (np.diff(given) < 0).any():
        raise InvalidValue("system", given.shape, f"must number the systems of {count} satellites in order")
    return np.ascontiguousarray(given)
