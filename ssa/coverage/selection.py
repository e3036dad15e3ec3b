"""Parts and unions of stored access: some objects, some cells, groups as one, two fleets together; no new geometry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from orbits.arrays import Booleans, Integers
from orbits.errors import InvalidValue
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.intervals_kernels import merge_kernel

_COLUMNS = ("object_row", "cell_row", "start_s", "end_s", "cut_at_start", "cut_at_end")


def rows_mask(rows: Any, count: int, field: str) -> Booleans:
    """A mask (count,) from a mask or from row numbers; raises `InvalidValue` for a row that is not there."""
    given = np.asarray(rows)
    if given.dtype == bool:
        if given.shape != (count,):
            raise InvalidValue(field, given.shape, f"a mask here has {count} places")
        return given
    if given.size and not (given.min() >= 0 and given.max() < count):
        raise InvalidValue(field, f"{given.min()} to {given.max()}", f"rows here are 0 to {count - 1}")
    mask = np.zeros(count, dtype=bool)
    mask[given.astype(np.int64)] = True
    return mask


def of_objects(intervals: AccessIntervals, objects: Any) -> AccessIntervals:
    """The accesses of some objects (a mask (n,) or rows); the rows keep their numbers, so that a fleet still fits."""
    return _kept(intervals, rows_mask(objects, intervals.objects, "objects")[intervals.object_row])


def without_objects(intervals: AccessIntervals, objects: Any) -> AccessIntervals:
    """The accesses that remain when some objects (a mask (n,) or rows) are lost; the rows keep their numbers."""
    return _kept(intervals, ~rows_mask(objects, intervals.objects, "objects")[intervals.object_row])


def in_cells(intervals: AccessIntervals, cells: Any) -> AccessIntervals:
    """The accesses to some cells (a mask (c,) or rows), which are numbered anew in their order."""
    mask = rows_mask(cells, intervals.cells, "cells")
    if not mask.any():
        raise InvalidValue("cells", None, "a region has at least one cell")
    number = np.cumsum(mask).astype(np.int32) - np.int32(1)
    kept = mask[intervals.cell_row]
    return _kept(
        intervals, kept, cell_row=number[intervals.cell_row[kept]], cell_area_km2=intervals.cell_area_km2[mask]
    )


def by_group(intervals: AccessIntervals, group_of: Integers, groups: int) -> AccessIntervals:
    """Groups as objects: `group_of` (n,) is each object's group, -1 leaves it out; a group sees what any of it sees."""
    mapped = np.asarray(group_of, dtype=np.int32)[intervals.object_row]
    kept = mapped >= 0
    return _kept(intervals, kept, object_row=mapped[kept], objects=groups)


def merged(intervals: AccessIntervals) -> AccessIntervals:
    """Every object as one: the merged accesses, when at least one object has the cell in view."""
    if intervals.objects == 1:
        return intervals  # one object's accesses never overlap
    asked = (
        intervals.first, intervals.by_start, intervals.start_s, intervals.end_s,
        intervals.cut_at_start.view(np.uint8), intervals.cut_at_end.view(np.uint8),
    )  # fmt: skip

    def columns(count: int) -> tuple[Any, ...]:
        times, marks = (np.empty(count) for _ in range(2)), (np.empty(count, dtype=np.uint8) for _ in range(2))
        return np.empty(count, dtype=np.int32), *times, *marks

    found = columns(merge_kernel(*asked, *columns(0)))
    merge_kernel(*asked, *found)
    cell_row, start_s, end_s, cut_at_start, cut_at_end = found
    return replace(
        intervals, object_row=np.zeros(len(cell_row), dtype=np.int32), objects=1, cell_row=cell_row, start_s=start_s,
        end_s=end_s, cut_at_start=cut_at_start.view(bool), cut_at_end=cut_at_end.view(bool),
    )  # fmt: skip


def over_region(intervals: AccessIntervals) -> AccessIntervals:
    """The region as one cell of its whole area: when each object has any part of it in view."""
    total = intervals.cell_area_km2.sum(keepdims=True)
    return replace(intervals, cell_row=np.zeros(len(intervals), dtype=np.int32), cell_area_km2=total)


def together(ours: AccessIntervals, theirs: AccessIntervals) -> AccessIntervals:
    """Two fleets over the same cells and span; the objects of the second are numbered after those of the first."""
    same_region(ours, theirs)
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(ours, name), getattr(theirs, name)]) for name in _COLUMNS[1:]
    }
    object_row = np.concatenate([ours.object_row, theirs.object_row + np.int32(ours.objects)])
    return replace(ours, object_row=object_row, objects=ours.objects + theirs.objects, **columns)


def same_region(ours: AccessIntervals, theirs: AccessIntervals) -> None:
    """Raise `InvalidValue` unless both are over the same cells and the same span."""
    if ours.span != theirs.span:
        raise InvalidValue("span", f"{theirs.span.start} to {theirs.span.end}", "both fleets need the same span")
    if not np.array_equal(ours.cell_area_km2, theirs.cell_area_km2):
        raise InvalidValue("cell_area_km2", theirs.cells, "both fleets need the same cells")


def _kept(intervals: AccessIntervals, kept: Booleans, **changed: Any) -> AccessIntervals:
    columns = {name: getattr(intervals, name)[kept] for name in _COLUMNS if name not in changed}
    return replace(intervals, **columns, **changed)
