"""Measures over stored access: conventions at the window's edges, what is unknown, percentiles, timelines."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import InvalidValue, TimeGrid
from ssa.coverage.gaps import cell_gap_percentiles_s, gap_percentiles_s, satisfied
from ssa.coverage.measures import measure_cells
from ssa.coverage.over_time import covered_over_time, seen_over_time
from ssa.coverage.region_measures import CONTRACT_KEYS, measure_region
from tests.made_up_access import made_up_access
from tests.naive_coverage import START, stored


def test_a_cell_never_seen_has_one_gap_of_the_whole_window_and_no_revisit() -> None:
    cells = measure_cells(stored([], objects=0, cells=1))
    assert (cells.gaps[0], cells.max_gap_s[0], cells.time_average_gap_s[0], cells.mean_response_s[0]) == (
        1, 3600.0, 3600.0, 1800.0,
    )  # fmt: skip
    assert np.isnan(
        [cells.mean_revisit_s[0], cells.max_revisit_s[0], cells.first_seen_s[0], cells.mean_access_s[0]]
    ).all()


def test_a_cell_always_seen_has_no_gap() -> None:
    cells = measure_cells(stored([(0, 0, 0, 2000), (1, 0, 2000, 3600)], objects=2, cells=1))
    assert (cells.accesses[0], cells.gaps[0], cells.max_gap_s[0], cells.mean_gap_s[0]) == (1, 0, 0.0, 0.0)
    assert (cells.max_fold[0], cells.covered_fraction[0]) == (1, 1.0)


def test_gaps_at_the_windows_edges_count_but_not_for_the_revisit() -> None:
    cells = measure_cells(stored([(0, 0, 600, 900), (0, 0, 1200, 1500)], objects=1, cells=1))
    assert (cells.gaps[0], cells.max_gap_s[0], cells.mean_gap_s[0]) == (3, 2100.0, 1000.0)
    assert (cells.interior_gaps[0], cells.mean_revisit_s[0], cells.max_revisit_s[0]) == (1, 300.0, 300.0)


def test_the_time_average_gap_is_that_of_stks_own_example() -> None:
    # help.agi.com, "Time Average Gap": gaps of 5, 10 and 15 in 100 give 3.5; here a unit is 36 s
    rows = [(0, 0, 5, 30), (0, 0, 40, 60), (0, 0, 75, 100)]
    cells = measure_cells(stored([(who, cell, 36 * a, 36 * b) for who, cell, a, b in rows], objects=1, cells=1))
    assert cells.time_average_gap_s[0] == pytest.approx(3.5 * 36)


def test_what_a_region_does_not_know_is_none() -> None:
    region = measure_region(stored([(0, 0, 0, 600)], objects=1, cells=2))
    assert region.mean_revisit_s is None
    assert region.max_revisit_s is None
    assert region.all_seen_after_s is None
    assert region.seen_fraction == 0.5
    assert set(region.contract()) == set(CONTRACT_KEYS)


def test_the_mean_revisit_is_over_the_part_of_the_area_that_has_one() -> None:
    rows = [(0, 0, 0, 600), (0, 0, 900, 1000), (0, 1, 0, 600)]
    region = measure_region(stored(rows, objects=1, cells=2, areas=[1.0, 3.0]))
    assert (region.mean_revisit_s, region.revisited_fraction) == (300.0, 0.25)


def test_neither_threads_nor_folds_change_a_result() -> None:
    found = made_up_access(8, 40, 24.0)
    one, two = measure_cells(found, threads=1, folds=2), measure_cells(found, threads=2, folds=6)
    assert np.array_equal(one.time_average_gap_s, two.time_average_gap_s)
    assert np.array_equal(one.fold_fraction, two.fold_fraction[:, :2])


def test_measures_refuse_what_they_cannot_use() -> None:
    found = stored([], objects=1, cells=1)
    with pytest.raises(InvalidValue, match="folds: 0: give 1 or more"):
        measure_cells(found, folds=0)
    with pytest.raises(InvalidValue, match="give the measures of the 2 cells of the region"):
        measure_region(stored([], objects=1, cells=2), measure_cells(found))
    with pytest.raises(InvalidValue, match="limit_s: nan"):
        satisfied(found, float("nan"))
    with pytest.raises(InvalidValue, match="percent: 101"):
        gap_percentiles_s(found, [101])
    with pytest.raises(InvalidValue, match="percent: -1"):
        cell_gap_percentiles_s(found, -1)


def test_percentiles_of_gaps_are_lengths_that_occur() -> None:
    rows = [(0, 0, 100, 200), (0, 0, 500, 700), (0, 0, 1600, 3600)]  # gaps of 100, 300 and 900 s
    found = stored([*rows, (0, 1, 0, 3600)], objects=1, cells=2)
    assert gap_percentiles_s(found, [0, 33, 34, 66.6, 67, 100]) == [100, 100, 300, 300, 900, 900]
    assert cell_gap_percentiles_s(found, 50).tolist() == [300.0, 0.0]
    assert gap_percentiles_s(stored([(0, 0, 0, 3600)], objects=1, cells=1), [50]) == [None]


def test_a_required_gap_is_kept_over_an_area_and_over_a_time() -> None:
    found = stored([(0, 0, 600, 3000), (0, 1, 0, 1800)], objects=1, cells=2, areas=[3.0, 1.0])
    kept = satisfied(found, 600.0)
    assert kept.area_fraction == 0.75
    assert kept.time_fraction == pytest.approx(1.0 - 0.25 * (1800 - 600) / 3600)


def test_a_timeline_is_a_list_of_times_and_fractions() -> None:
    found = stored([(0, 0, 0, 600), (0, 1, 300, 3600)], objects=1, cells=2)
    steps = covered_over_time(found)
    grid = TimeGrid(START, 1200, 4)
    assert steps.rows(grid, "covered_fraction") == [
        {"time": "2026-03-10T00:00:00.000Z", "covered_fraction": 0.5},
        {"time": "2026-03-10T00:20:00.000Z", "covered_fraction": 0.5},
        {"time": "2026-03-10T00:40:00.000Z", "covered_fraction": 0.5},
        {"time": "2026-03-10T01:00:00.000Z", "covered_fraction": 0.5},
    ]
    assert steps.time_s.tolist() == [0, 300, 600]
    assert steps.value.tolist() == [0.5, 1.0, 0.5]
    assert seen_over_time(found).at([299, 300]).tolist() == [0.5, 1.0]
    with pytest.raises(InvalidValue, match="outside 0 to 3600"):
        steps.at([3700])


def test_nothing_in_view_is_exactly_nothing() -> None:
    areas = np.random.default_rng(3).uniform(0.1, 9.0, 50)
    draw = np.random.default_rng(4)
    rows = [
        (0, int(cell), float(a), float(a) + 40.0)
        for cell, a in zip(draw.integers(0, 50, 300), draw.uniform(0, 1500, 300), strict=True)
    ]
    steps = covered_over_time(stored(rows, objects=1, cells=50, areas=areas))
    assert steps.at(2000.0) == 0.0
