"""The whole question on navigation in one call: a region, systems, a window, and perhaps a loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orbits import InvalidValue, TimeGrid, TimeSpan
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.navigation.dop import DEFAULT_MASK_DEG
from ssa.navigation.measures import (
    DEFAULT_PDOP,
    DEFAULT_STEP_S,
    MOST_CELL_EPOCHS,
    NavigationCoverage,
    navigation_over,
)
from ssa.navigation.outage import Outage, outage_over
from ssa.navigation.systems import navigation_fleet
from ssa.regions import CellGrid, Region


@dataclass(frozen=True, eq=False)
class NavigationAnswer:
    """What `navigation_of` found; `outage` is None where no loss was asked about."""

    region: Region
    coverage: NavigationCoverage
    outage: Outage | None

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use it."""
        clocks = (
            "Each further system has a clock unknown of its own; TDOP and GDOP are those of the first system in view."
            if self.coverage.own_clocks
            else "The systems' time offsets are taken as known: one clock for all of them."
        )
        several = len(self.coverage.fleet.systems) > 1
        return (
            *self.coverage.fleet.caveats,
            "Geometry only: no terrain, no refraction, no ranging errors; a dilution is no accuracy in metres.",
            f"Epochs are samples {self.coverage.times.step_s:g} s apart; a shorter outage can fall between two.",
            *([clocks] if several else []),
            *self.region.caveats,
        )


def navigation_of(
    snapshot: CatalogueSnapshot,
    region: Region,
    span: TimeSpan,
    systems: str | Sequence[str] = "GPS",
    *,
    step_s: float = DEFAULT_STEP_S,
    cell_km: float | None = None,
    mask_deg: float = DEFAULT_MASK_DEG,
    most_pdop: float = DEFAULT_PDOP,
    own_clocks: bool = False,
    include_reserves: bool = False,
    without: Sequence[int] = (),
    without_systems: str | Sequence[str] = (),
    most_cell_epochs: int = MOST_CELL_EPOCHS,
    threads: int | None = None,
) -> NavigationAnswer:
    """Satellites in view and dilution of precision over a region, with and, where asked, without a part of them.

    The window's end is no epoch where it falls on a step. Raises `InvalidValue` (and `UnknownName`).

    >>> from ssa import parse_region
    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> snapshot = simulated_catalogue()
    >>> day = TimeSpan.of(snapshot.as_of, hours=24)
    >>> found = navigation_of(snapshot, parse_region("box:20,53,29,60"), day, "GPS,GALILEO", without_systems="GPS")
    >>> found.outage.after.region()["mean_satellites"] < found.coverage.region()["mean_satellites"]
    True
    """
    cells = CellGrid.over(region, cell_km)
    times = TimeGrid.over(span, step_s=step_s)
    if len(times) > 1 and (len(times) - 1) * times.step_s >= span.duration_s * (1 - 1e-12):
        times = TimeGrid(times.start, times.step_s, len(times) - 1)
    if len(cells) * len(times) > most_cell_epochs:
        raise InvalidValue(
            "hours", f"{len(cells):,} cells x {len(times):,} epochs",
            f"more than {most_cell_epochs:,}; take larger cells, a longer step or a shorter window",
        )  # fmt: skip
    if without or without_systems:
        outage = outage_over(
            snapshot, systems, cells, times, without=without, without_systems=without_systems,
            include_reserves=include_reserves, mask_deg=mask_deg, most_pdop=most_pdop, own_clocks=own_clocks,
            threads=threads,
        )  # fmt: skip
        return NavigationAnswer(region, outage.before, outage)
    fleet = navigation_fleet(snapshot, systems, times.start, include_reserves=include_reserves)
    coverage = navigation_over(
        fleet, cells, times, mask_deg=mask_deg, most_pdop=most_pdop, own_clocks=own_clocks, threads=threads
    )
    return NavigationAnswer(region, coverage, None)
