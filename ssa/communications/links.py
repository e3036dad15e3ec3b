"""Links of a communication service over a region: how much of the time, how many at once, the longest wait.

A link is a satellite of the service above its lowest elevation at the user (`ssa/data/constellations.json` says which
is published and which assumed). Whether a beam points there, capacity is left, a gateway or an intersatellite link is
at hand, or the state allows the service: unknown. Epochs are samples `step_s` apart (sample and hold). Over the whole
globe in one go `ssa.coverage.maps` answers the same for a grid of latitude and longitude.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, TimeGrid
from orbits.arrays import Floats, read_only
from orbits.earth_orientation import EarthOrientation
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.communications import links_kernels as k
from ssa.constellations import ConstellationMembers, find_constellation, members_of
from ssa.navigation.dop import Points, checked_mask, satellite_positions_km
from ssa.regions.cells import CellGrid

_BLOCK_STATES = 1_000_000  # positions held at a time: 24 MB, and as much again while they are turned
_MOST_TESTS = 50_000_000_000  # satellites x cells x epochs: about a minute of two cores


@dataclass(frozen=True, eq=False)
class ServiceLinks:
    """Columns of cells (c,), of epochs (t,) and of folds, read-only.

    `linked_fraction`: share of the epochs with a link; `fold_fraction` (c, folds): with at least 1, 2, ... at once;
    `mean_satellites`, `min_satellites` at once; `longest_outage_s`: longest run of epochs without; `first_link_s`: NaN
    where there is none. `time_linked_fraction` (t,): the share of the region's area with a link.
    """

    members: ConstellationMembers
    min_elevation_deg: float
    cells: CellGrid
    times: TimeGrid
    linked_fraction: Floats
    fold_fraction: Floats
    mean_satellites: Floats
    min_satellites: Floats
    longest_outage_s: Floats
    first_link_s: Floats
    time_linked_fraction: Floats
    caveats: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in (
            "linked_fraction", "fold_fraction", "mean_satellites", "min_satellites", "longest_outage_s", "first_link_s",
            "time_linked_fraction",
        ):  # fmt: skip
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))

    @property
    def region_linked_fraction(self) -> float:
        """The share of area and time with a link."""
        return float((self.cells.weights * self.linked_fraction).sum())


def links_of(
    service: str,
    snapshot: CatalogueSnapshot,
    cells: CellGrid,
    times: TimeGrid,
    *,
    min_elevation_deg: float | None = None,
    folds: int = 4,
    include_reserves: bool = False,
    orientation: EarthOrientation | None = None,
    threads: int | None = None,
) -> ServiceLinks:
    """The links of a service (Iridium, Globalstar, O3b, mPOWER, OneWeb, Skynet, ...) over a region and a time.

    `min_elevation_deg` replaces the service's own. `threads` (default: all cores) changes no digit. Raises
    `InvalidValue`, and `UnknownName` for a service that is not in the table.

    >>> from ssa import parse_region
    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> snapshot = simulated_catalogue()
    >>> cells = CellGrid.over(parse_region("country:EE"), 100)
    >>> found = links_of("Iridium", snapshot, cells, TimeGrid(start=snapshot.as_of, step_s=60, count=100))
    >>> round(found.region_linked_fraction, 3), found.min_elevation_deg
    (1.0, 8.2)
    """
    constellation = find_constellation(service, "communications")
    own = constellation.min_elevation_deg
    mask_deg = checked_mask(own if min_elevation_deg is None and own is not None else min_elevation_deg or 0.0)
    if not 1 <= folds <= 64:
        raise InvalidValue("folds", folds, "outside 1 to 64")
    members = members_of(constellation, snapshot, times.start.date(), include_reserves=include_reserves)
    if len(members.rows) * len(cells) * len(times) > _MOST_TESTS:
        raise InvalidValue(
            "times", len(times), "too many satellites x cells x epochs; take larger cells or fewer epochs"
        )
    elements = snapshot.elements[members.rows]
    sums, at_least, area = _count(elements, cells, times, np.radians(mask_deg), folds, orientation, threads)
    first = np.where(sums[:, k.FIRST] < 0.0, np.nan, sums[:, k.FIRST] * times.step_s)
    return ServiceLinks(
        members, mask_deg, cells, times, sums[:, k.LINKED] / len(times), at_least / len(times),
        sums[:, k.SATELLITES] / len(times), sums[:, k.LEAST], sums[:, k.LONGEST_OUTAGE] * times.step_s, first, area,
        _caveats(members, min_elevation_deg is None),
    )  # fmt: skip


def _count(
    elements: ElementSets, cells: CellGrid, times: TimeGrid, mask_rad: float, folds: int,
    orientation: EarthOrientation | None, threads: int | None,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    points = Points.of(cells)
    sums = np.zeros((len(points), k.COLUMNS))
    sums[:, k.FIRST], sums[:, k.LEAST] = -1.0, np.inf
    at_least = np.zeros((len(points), folds), dtype=np.int64)
    area = np.zeros(len(times))
    steps = int(np.clip(_BLOCK_STATES // max(len(elements), len(points), 1), 1, len(times)))
    for first in range(0, len(times), steps):
        block = TimeGrid(times.start.plus_s(first * times.step_s), times.step_s, min(steps, len(times) - first))
        satellites = satellite_positions_km(elements, block, orientation, threads)
        counts = np.empty((len(points), len(block)), dtype=np.int64)

        def work(a: int, b: int, first: int = first, satellites: Floats = satellites, counts: object = counts) -> None:
            k.count_links_kernel(
                satellites, points.position_itrs_km, points.up_itrs, mask_rad, first, a, b, sums, at_least, counts
            )

        in_slices(work, len(points), threads)
        area[first : first + len(block)] = cells.weights @ (counts > 0)
    return sums, at_least.astype(np.float64), np.minimum(area, 1.0)


def _caveats(members: ConstellationMembers, own_elevation: bool) -> tuple[str, ...]:
    constellation = members.constellation
    basis = f"Lowest elevation of {constellation.name}: {constellation.elevation_basis}."
    return (
        "A link here is a satellite above the lowest elevation: beams, capacity, gateways and licences are not known.",
        *([basis] if own_elevation else []),
        *([] if members.status_known or not len(members.rows) else [
            f"The catalogue records no operational status of {constellation.name}: dead satellites may be counted."
        ]),
        *([] if len(members.rows) else [f"No satellite of {constellation.name} is used; see what was left out."]),
    )  # fmt: skip
