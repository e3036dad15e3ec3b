"""The answer of a map: columns over cells (rows, columns), and against time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import TimeGrid
from orbits.arrays import Booleans, Floats, Integers, read_only
from ssa.coverage.map_sums import MapSums
from ssa.regions.latitude_longitude import LatLonGrid


@dataclass(frozen=True, eq=False)
class CoverageMap:
    """Measures of every cell of `grid`, (rows, columns), south to north and from 180 deg west eastward, read-only.

    `at_least_s` (folds, rows, columns): seconds with at least 1, 2, ... objects; `mean_fold`: objects at once, over the
    whole time; `max_gap_s`: longest time unseen, gaps at the ends among them; `first_seen_s`: NaN where never.
    `covered_fraction` (t,): the share of the Earth's area seen at each step. `failed_steps` (n,): steps at which an
    object had no state. Every step stands for `times.step_s` seconds (sample and hold).
    """

    grid: LatLonGrid
    times: TimeGrid
    at_least_s: Floats
    mean_fold: Floats
    max_gap_s: Floats
    first_seen_s: Floats
    covered_fraction: Floats
    failed_steps: Integers

    def __post_init__(self) -> None:
        for name in ("at_least_s", "mean_fold", "max_gap_s", "first_seen_s", "covered_fraction"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))
        object.__setattr__(self, "failed_steps", read_only(self.failed_steps, np.int64))

    @classmethod
    def of(
        cls, grid: LatLonGrid, times: TimeGrid, sums: MapSums, covered_fraction: Floats, failed_steps: Integers
    ) -> CoverageMap:
        """From the sums over all steps."""
        step_s = np.float64(times.step_s)
        first_seen: Floats = np.where(sums.lead == sums.steps, np.nan, sums.lead * step_s)
        return cls(
            grid, times, sums.at_least * step_s, sums.fold_sum / sums.steps, sums.longest * step_s, first_seen,
            covered_fraction, failed_steps,
        )  # fmt: skip

    @property
    def duration_s(self) -> float:
        """The time that the steps stand for."""
        return self.times.step_s * len(self.times)

    @property
    def covered_s(self) -> Floats:
        """Seconds with at least one object (rows, columns)."""
        covered: Floats = self.at_least_s[0]
        return covered

    @property
    def ever_seen(self) -> Booleans:
        """(rows, columns)"""
        return np.isfinite(self.first_seen_s)

    @property
    def area_seen_fraction(self) -> float:
        """The share of the Earth's area that is seen at some step."""
        return self.area_mean(self.ever_seen)

    def area_mean(self, values: Floats | Booleans) -> float:
        """The mean of a column (rows, columns), each cell weighed by its area."""
        return float((values.mean(axis=1) * self.grid.area_km2).sum() / self.grid.area_km2.sum())
