"""Figures of merit of reference/coverage.json, from its own access intervals (see README-coverage.md beside it).

Found there by brute force, every satellite, point and second, and checked by a second route; rounded to a millisecond.
Tolerances are those it suggests: percent 0.001 of its value plus 0.0005, gaps 0.1 s.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from orbits import TimeSpan
from ssa.coverage.contribution import contribution_of
from ssa.coverage.groups import Groups
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.measures import measure_cells
from ssa.coverage.over_time import seen_over_time
from ssa.coverage.region_measures import measure_region
from ssa.coverage.resilience import single_losses

pytestmark = pytest.mark.real_data

A_TENTH_OF_A_SECOND = 0.1
OF_CELLS = {
    "covered_s": "covered_s", "max_gap_s": "max_gap_s", "mean_gap_s": "mean_gap_s",
    "time_average_gap_s": "time_average_gap_s", "mean_response_s": "mean_response_s",
    "max_interior_gap_s": "max_revisit_s", "mean_interior_gap_s": "mean_revisit_s",
}  # fmt: skip


def percent(value: float) -> object:
    return pytest.approx(value, rel=0.001, abs=0.0005)


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[tuple[dict, AccessIntervals]]:
    content = json.loads((shared / "reference" / "coverage.json").read_text())
    found = []
    for case in content["cases"]:
        rows = [
            (case["satellites"].index(int(number)), cell, start, end)
            for cell, point in enumerate(case["points"])
            for number, intervals in point["access"].items()
            for start, end in intervals
        ]
        areas = np.cos(np.radians([point["lat"] for point in case["points"]]))
        span = TimeSpan.of(content["start_utc"], hours=case["duration_s"] / 3600.0)
        stored = AccessIntervals.of(rows, span=span, objects=len(case["satellites"]), cell_area_km2=areas)
        assert len(stored) == len(rows)
        found.append((case, stored))
    return found


def test_every_figure_of_every_point_is_met(cases: list[tuple[dict, AccessIntervals]]) -> None:
    points = 0
    for case, intervals in cases:
        cells = measure_cells(intervals)
        for row, point in enumerate(case["points"]):
            fom = point["fom"]
            points += 1
            assert cells.accesses[row] == fom["accesses"]
            assert cells.max_fold[row] == fom["max_assets"]
            assert cells.mean_fold[row] == percent(fom["mean_assets"])
            assert cells.covered_fraction[row] * 100.0 == percent(fom["percent_time"])
            for count, expected in enumerate(fom["percent_time_at_least"]):
                assert cells.fold_fraction[row, count] * 100.0 == percent(expected)
            for theirs, ours in OF_CELLS.items():
                value = getattr(cells, ours)[row]
                if fom[theirs] is None:
                    assert np.isnan(value)
                else:
                    assert value == pytest.approx(fom[theirs], abs=A_TENTH_OF_A_SECOND), (case["name"], row, theirs)
    assert points == 195


def test_every_figure_of_every_region_is_met(cases: list[tuple[dict, AccessIntervals]]) -> None:
    for case, intervals in cases:
        fom, region, seen = case["region_fom"], measure_region(intervals), seen_over_time(intervals)
        assert region.seen_fraction * 100.0 == percent(fom["percent_area_ever"])
        assert region.covered_fraction * 100.0 == percent(fom["mean_percent_time"])
        for ours in ("max_gap_s", "mean_max_gap_s", "time_average_gap_s"):
            theirs = ours if ours in fom else f"mean_{ours}"
            assert getattr(region, ours) == pytest.approx(fom[theirs], abs=A_TENTH_OF_A_SECOND)
        for hours, expected in fom["percent_area_covered_by_hour"].items():
            assert float(seen.at(float(hours) * 3600.0)) * 100.0 == percent(expected)


def test_the_loss_of_every_satellite_is_met(cases: list[tuple[dict, AccessIntervals]]) -> None:
    for case, intervals in cases:
        covered, seen = single_losses(intervals, "covered_fraction"), single_losses(intervals, "seen_fraction")
        longest_s = single_losses(intervals, "mean_max_gap_s")
        assert set(case["without"]) == {str(number) for number in case["satellites"]}
        for row, number in enumerate(case["satellites"]):
            expected = case["without"][str(number)]
            assert covered[row] * 100.0 == percent(expected["mean_percent_time"])
            assert seen[row] * 100.0 == percent(expected["percent_area_ever"])
            assert longest_s[row] == pytest.approx(expected["mean_max_gap_s"], abs=A_TENTH_OF_A_SECOND)


def test_shapley_values_of_its_satellites_sum_to_its_whole(cases: list[tuple[dict, AccessIntervals]]) -> None:
    for case, intervals in cases:
        part = contribution_of(intervals, Groups.each_object(intervals.objects), "covered_fraction")
        assert part.shapley is not None
        assert part.shapley.sum() * 100.0 == percent(case["region_fom"]["mean_percent_time"])
