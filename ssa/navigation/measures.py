"""Navigation over a region: satellites in view and dilution of precision, per cell, for the region and against time.

Available means PDOP <= 6 (or what is asked), at an epoch: GPS SPS Performance Standard, 5th edition (2020).
Epochs are samples `step_s` apart; a shorter outage can fall between two. An epoch without a solution counts as
infinitely bad: it is no part of a mean, but of the 95th percentile, the worst and the availability.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import TimeGrid
from orbits.arrays import Floats, read_only
from orbits.earth_orientation import EarthOrientation
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from ssa.navigation import measures_kernels as m
from ssa.navigation.dop import DEFAULT_MASK_DEG, Points, checked_mask, satellite_positions_km
from ssa.navigation.dop_kernels import BLOCK, dop_kernel
from ssa.navigation.systems import NavigationFleet
from ssa.regions.cells import CellGrid

DEFAULT_PDOP = 6.0
DEFAULT_STEP_S = 300.0
MOST_CELL_EPOCHS = 60_000_000  # some 5 s of one core for a system of 31
MOST_EPOCHS = 200_000
_BLOCK_VALUES = 2_000_000  # points x epochs of a block: 96 MB
_NAMES = (
    "mean_satellites", "min_satellites", "solved_fraction", "available_fraction", "mean_gdop", "mean_pdop", "mean_hdop",
    "mean_vdop", "mean_tdop", "p95_pdop", "worst_pdop", "longest_outage_s",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class NavigationCoverage:
    """Columns of cells (c,) and of epochs (t,), read-only; NaN is no value.

    - `mean_satellites`, `min_satellites` in view above the mask;
    - `mean_gdop` to `mean_tdop` over the epochs with a solution, NaN where there is none;
    - `p95_pdop`: not exceeded at 95 % of the epochs, `worst_pdop`: NaN where that includes an epoch without a solution;
    - `solved_fraction`, `available_fraction` of the epochs, `longest_outage_s`: longest run of epochs not available.

    Against time, over the region by area: `time_satellites` (mean), `time_pdop` (mean where there is a solution),
    `time_worst_pdop` (NaN where a cell has no solution), `time_available_fraction`.
    """

    fleet: NavigationFleet
    cells: CellGrid
    times: TimeGrid
    mask_deg: float
    most_pdop: float
    own_clocks: bool
    mean_satellites: Floats
    min_satellites: Floats
    solved_fraction: Floats
    available_fraction: Floats
    mean_gdop: Floats
    mean_pdop: Floats
    mean_hdop: Floats
    mean_vdop: Floats
    mean_tdop: Floats
    p95_pdop: Floats
    worst_pdop: Floats
    longest_outage_s: Floats
    time_satellites: Floats
    time_pdop: Floats
    time_worst_pdop: Floats
    time_available_fraction: Floats

    def __post_init__(self) -> None:
        for name in (*_NAMES, "time_satellites", "time_pdop", "time_worst_pdop", "time_available_fraction"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))

    def region(self) -> dict[str, float]:
        """Measures of the whole region: means by area; the least, the worst and the longest over cells. NaN: no value.

        A mean of dilution is over the cells that have one.
        """
        weight = self.cells.weights
        values: dict[str, float] = {}
        for name in ("mean_satellites", "available_fraction", "solved_fraction"):
            values[name] = float((weight * getattr(self, name)).sum())
        for name in ("mean_gdop", "mean_pdop", "mean_hdop", "mean_vdop", "mean_tdop"):
            column = getattr(self, name)
            has = np.isfinite(column)
            values[name] = float((weight * column)[has].sum() / weight[has].sum()) if has.any() else float("nan")
        values["min_satellites"] = float(self.min_satellites.min())
        values["least_available_fraction"] = float(self.available_fraction.min())
        values["p95_pdop"] = float(self.p95_pdop.max())  # of the worst cell; NaN passes through
        values["worst_pdop"] = float(self.worst_pdop.max())
        values["longest_outage_s"] = float(self.longest_outage_s.max())
        return values


def navigation_over(
    fleet: NavigationFleet,
    cells: CellGrid,
    times: TimeGrid,
    *,
    mask_deg: float = DEFAULT_MASK_DEG,
    most_pdop: float = DEFAULT_PDOP,
    own_clocks: bool = False,
    orientation: EarthOrientation | None = None,
    threads: int | None = None,
) -> NavigationCoverage:
    """Dilution of precision over a region and a time, from the satellites of a fleet.

    `own_clocks` gives each further system a clock of its own (see `ssa.navigation.dop`). `threads` (default: all cores)
    changes no digit. Memory: 24 bytes for each satellite and epoch (twice that while they are turned), 100 MB a
    thread, and at most 250 MB for the timeline. Raises `InvalidValue`.

    >>> from ssa import parse_region
    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> from ssa.navigation.systems import navigation_fleet
    >>> snapshot = simulated_catalogue()
    >>> times = TimeGrid(start=snapshot.as_of, step_s=1800, count=48)
    >>> cells = CellGrid.over(parse_region("country:LT"), 100)
    >>> found = navigation_over(navigation_fleet(snapshot, "GPS", times.start), cells, times)
    >>> found.region()["available_fraction"]
    1.0
    """
    mask_rad = np.radians(checked_mask(mask_deg))
    if isinstance(most_pdop, bool) or not isinstance(most_pdop, (int, float)) or not 1.0 <= most_pdop <= 1000.0:
        raise InvalidValue("max_pdop", most_pdop, "outside 1 to 1000")
    if len(cells) * len(times) > MOST_CELL_EPOCHS or len(times) > MOST_EPOCHS:
        raise InvalidValue(
            "hours", f"{len(cells):,} cells x {len(times):,} epochs",
            f"over {MOST_CELL_EPOCHS:,}, or {MOST_EPOCHS:,} epochs; take larger cells, longer steps, fewer hours",
        )  # fmt: skip
    points = Points.of(cells)
    satellites = satellite_positions_km(fleet.elements, times, orientation, threads)
    size = min(BLOCK, max(1, _BLOCK_VALUES // len(times)))
    blocks = -(-len(points) // size)
    by_cell = np.empty((len(points), m.COLUMNS))
    by_time = np.zeros((blocks, len(times), m.T_COLUMNS))
    weight = np.array(cells.weights)

    def work(first: int, last: int) -> None:
        for block in range(first, last):
            here, end = block * size, min((block + 1) * size, len(points))
            dops = np.empty((6, end - here, len(times)))
            dop_kernel(
                satellites, fleet.system, points.position_itrs_km, points.up_itrs, mask_rad, int(own_clocks), here, end,
                dops,
            )  # fmt: skip
            m.summarise_kernel(dops, weight, most_pdop, here, by_cell, by_time[block])

    in_slices(work, blocks, threads)
    return _value(fleet, cells, times, float(mask_deg), float(most_pdop), own_clocks, by_cell, by_time)


def _value(
    fleet: NavigationFleet, cells: CellGrid, times: TimeGrid, mask_deg: float, most_pdop: float, own_clocks: bool,
    by_cell: Floats, by_time: Floats,
) -> NavigationCoverage:  # fmt: skip
    by_cell[np.isinf(by_cell)] = np.nan
    by_cell[:, [m.SOLVED, m.AVAILABLE]] /= len(times)
    by_cell[:, m.LONGEST_OUTAGE] *= times.step_s
    sums = by_time.sum(axis=0)
    worst = by_time[:, :, m.T_WORST].max(axis=0)
    worst[np.isinf(worst)] = np.nan
    solved = sums[:, m.T_SOLVED]
    pdop = np.full(len(times), np.nan)
    np.divide(sums[:, m.T_PDOP], solved, out=pdop, where=solved > 0.0)
    columns = {name: by_cell[:, place] for name, place in zip(_NAMES, _PLACES, strict=True)}
    return NavigationCoverage(
        fleet, cells, times, mask_deg, most_pdop, own_clocks, **columns, time_satellites=sums[:, m.T_SATELLITES],
        time_pdop=pdop, time_worst_pdop=worst, time_available_fraction=np.minimum(sums[:, m.T_AVAILABLE], 1.0),
    )  # fmt: skip


_PLACES = (
    m.MEAN_SATELLITES, m.LEAST_SATELLITES, m.SOLVED, m.AVAILABLE, m.MEAN_GDOP, m.MEAN_PDOP, m.MEAN_HDOP, m.MEAN_VDOP,
    m.MEAN_TDOP, m.P95_PDOP, m.WORST_PDOP, m.LONGEST_OUTAGE,
)  # fmt: skip
