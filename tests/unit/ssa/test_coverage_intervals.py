"""Stored access: what is refused, what is put in order, joined and left out, and its parts."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import InvalidValue, TimeSpan
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.selection import by_group, in_cells, of_objects, together, without_objects
from tests.naive_coverage import START, hour, stored


def test_rows_in_any_order_are_sorted_by_cell_then_object_then_start() -> None:
    found = stored([(1, 1, 5, 9), (0, 1, 7, 8), (1, 0, 3, 4), (1, 0, 1, 2)], objects=2, cells=2)
    assert found.cell_row.tolist() == [0, 0, 1, 1]
    assert found.object_row.tolist() == [1, 1, 0, 1]
    assert found.start_s.tolist() == [1, 3, 7, 5]
    assert found.first.tolist() == [0, 2, 4]
    assert found.by_start.tolist() == [0, 1, 3, 2]


def test_accesses_of_one_object_that_overlap_or_touch_are_one() -> None:
    found = stored([(0, 0, 10, 20), (0, 0, 20, 30), (0, 0, 12, 15), (1, 0, 25, 40)], objects=2, cells=1)
    assert list(zip(found.start_s, found.end_s, strict=True)) == [(10, 30), (25, 40)]


def test_a_joined_access_is_cut_where_its_outermost_pieces_are() -> None:
    found = AccessIntervals(
        object_row=[0, 0], cell_row=[0, 0], start_s=[0, 100], end_s=[200, 3600], cut_at_start=[True, False],
        cut_at_end=[False, True], span=hour(), objects=1, cell_area_km2=[1.0],
    )  # fmt: skip
    assert (found.cut_at_start.tolist(), found.cut_at_end.tolist()) == ([True], [True])


def test_an_access_of_no_length_is_left_out_and_counted() -> None:
    found = stored([(0, 0, 10, 10), (0, 0, 20, 30)], objects=1, cells=1)
    assert (len(found), found.instants_left_out) == (1, 1)


def test_times_beside_the_edges_by_rounding_are_put_on_them() -> None:
    found = stored([(0, 0, -1e-9, 3600 + 1e-9), (0, 1, 1e-9, 3600 - 1e-9)], objects=1, cells=2)
    assert found.start_s.tolist() == [0.0, 0.0]
    assert found.end_s.tolist() == [found.duration_s] * 2
    assert found.cut_at_start.all()
    assert found.cut_at_end.all()


def test_columns_are_read_only_and_the_callers_are_not_touched() -> None:
    start = np.array([7.0, 3.0])
    found = AccessIntervals(
        object_row=np.zeros(2), cell_row=np.zeros(2), start_s=start, end_s=start + 1, cut_at_start=np.zeros(2),
        cut_at_end=np.zeros(2), span=hour(), objects=1, cell_area_km2=[1.0],
    )  # fmt: skip
    assert start.tolist() == [7.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        found.start_s[0] = 1.0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1, 0, 0, 1), "object_row: 1 to 1: outside 0 to 0"),
        ((0, -1, 0, 1), "cell_row: -1 to -1: outside 0 to 0"),
        ((0, 0, -5, 1), "start_s, end_s: -5.0 to 1.0: outside the span"),
        ((0, 0, 5, 3601), "start_s, end_s: 5.0 to 3601.0: outside the span"),
        ((0, 0, 5, 4), "end_s: 4.0: is before its start, 5.0 s"),
        ((0, 0, float("nan"), 4), "start_s, end_s: NaN or infinity: every time must be finite"),
    ],
)
def test_a_wrong_row_is_refused_with_its_value(row: tuple[int, int, float, float], said: str) -> None:
    with pytest.raises(InvalidValue, match=said.replace("(", r"\(")):
        stored([row], objects=1, cells=1)


@pytest.mark.parametrize("areas", [[], [0.0], [-1.0], [float("nan")]])
def test_cells_need_areas(areas: list[float]) -> None:
    with pytest.raises(InvalidValue, match="give one positive area for each"):
        AccessIntervals.of([], span=hour(), objects=1, cell_area_km2=areas)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(InvalidValue, match="give columns of one length"):
        AccessIntervals(
            object_row=[0], cell_row=[0, 0], start_s=[1], end_s=[2], cut_at_start=[False], cut_at_end=[False],
            span=hour(), objects=1, cell_area_km2=[1.0],
        )  # fmt: skip


def test_objects_keep_their_rows_and_cells_are_numbered_anew() -> None:
    found = stored([(0, 0, 1, 2), (1, 1, 1, 2), (2, 2, 1, 2)], objects=3, cells=3, areas=[1.0, 2.0, 4.0])
    assert of_objects(found, [1]).object_row.tolist() == [1]
    assert without_objects(found, np.array([False, True, False])).object_row.tolist() == [0, 2]
    part = in_cells(found, [2, 1])
    assert part.cell_row.tolist() == [0, 1]
    assert part.cell_area_km2.tolist() == [2.0, 4.0]
    with pytest.raises(InvalidValue, match="objects: 3 to 3: rows here are 0 to 2"):
        of_objects(found, [3])
    with pytest.raises(InvalidValue, match="a mask here has 3 places"):
        in_cells(found, np.array([True]))
    with pytest.raises(InvalidValue, match="a region has at least one cell"):
        in_cells(found, np.zeros(3, dtype=bool))


def test_a_group_sees_what_any_of_it_sees() -> None:
    found = stored([(0, 0, 0, 10), (1, 0, 5, 20), (2, 0, 0, 9)], objects=3, cells=1)
    grouped = by_group(found, np.array([0, 0, -1]), 1)
    assert list(zip(grouped.start_s, grouped.end_s, strict=True)) == [(0, 20)]


def test_fleets_over_other_cells_or_spans_are_not_put_together() -> None:
    ours = stored([], objects=1, cells=2)
    with pytest.raises(InvalidValue, match="both fleets need the same cells"):
        together(ours, stored([], objects=1, cells=3))
    with pytest.raises(InvalidValue, match="both fleets need the same span"):
        together(ours, AccessIntervals.of([], span=TimeSpan.of(START, hours=2), objects=1, cell_area_km2=[1.0, 1.0]))
