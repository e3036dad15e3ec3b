"""What a loss would do: the same region and time with satellites or whole systems taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits import TimeGrid
from orbits.errors import InvalidValue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.navigation.measures import NavigationCoverage, navigation_over
from ssa.navigation.systems import navigation_fleet, parse_systems
from ssa.regions.cells import CellGrid


@dataclass(frozen=True, eq=False)
class Outage:
    """A region before and after a loss."""

    before: NavigationCoverage
    after: NavigationCoverage
    without: tuple[int, ...]
    without_systems: tuple[str, ...]

    @property
    def available_lost_fraction(self) -> float:
        """The share of area and time that is available before and not after."""
        return self.before.region()["available_fraction"] - self.after.region()["available_fraction"]

    @property
    def area_worse_fraction(self) -> float:
        """The share of the area that is available for less of the time."""
        worse = self.after.available_fraction < self.before.available_fraction - 1e-12
        return float(self.before.cells.weights[worse].sum())


def outage_over(
    snapshot: CatalogueSnapshot,
    systems: str | Sequence[str],
    cells: CellGrid,
    times: TimeGrid,
    *,
    without: Sequence[int] = (),
    without_systems: str | Sequence[str] = (),
    include_reserves: bool = False,
    **options: Any,
) -> Outage:
    """The region with the systems whole, and with satellites (`without`) or systems (`without_systems`) taken away.

    `options` are those of `navigation_over`. Raises `InvalidValue` for a loss that is no part of the systems, or of
    everything, or of nothing.
    """
    asked = parse_systems(systems)
    lost = parse_systems(without_systems) if without_systems else ()
    strange = [name for name in lost if name not in asked]
    if strange or set(lost) == set(asked):
        reason = "takes every system away" if not strange else "is not among the systems asked for"
        raise InvalidValue("without_systems", ",".join(lost), reason)
    if not without and not lost:
        raise InvalidValue("without", None, "names nothing to take away")
    whole = navigation_fleet(snapshot, asked, times.start, include_reserves=include_reserves)
    left = navigation_fleet(
        snapshot, [name for name in asked if name not in lost], times.start, include_reserves=include_reserves,
        without=_of_the_rest(whole, without, lost),
    )  # fmt: skip
    before, after = (navigation_over(fleet, cells, times, **options) for fleet in (whole, left))
    return Outage(before, after, tuple(int(number) for number in without), lost)


def _of_the_rest(whole: Any, without: Sequence[int], lost: tuple[str, ...]) -> list[int]:
    """Without the satellites of a system that is lost anyhow; raises for one that is not used to begin with."""
    used: dict[int, str] = {}
    for members in whole.systems:
        numbers = np.asarray(whole.snapshot.elements.norad_id[members.rows]).tolist()
        used |= dict.fromkeys(numbers, members.constellation.id)
    for number in without:
        if int(number) not in used:
            raise InvalidValue("without", number, "is not among the satellites used; there is nothing to lose")
    return [int(number) for number in without if used[int(number)] not in lost]
