"""Columns of accesses put in order, joined where they overlap, and read for one object, group or part of a region."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from orbits.jit import in_slices
from ssa.coverage.intervals_kernels import deal_by_cell_kernel, join_kernel, order_in_cells_kernel

Columns = tuple[npt.NDArray[Any], ...]


def in_order(cells: int, *columns: npt.NDArray[Any]) -> Columns:
    """The columns (object, cell, start, ...) sorted by cell, then object, then start; as they are if they are so."""
    object_row, cell_row, start_s = columns[:3]
    cell_step, object_step = np.diff(cell_row), np.diff(object_row)
    later = (object_step > 0) | ((object_step == 0) & (np.diff(start_s) >= 0.0))
    if bool(((cell_step > 0) | ((cell_step == 0) & later)).all()):
        return columns
    first, order = np.zeros(cells + 1, dtype=np.int64), np.empty(len(start_s), dtype=np.int64)
    deal_by_cell_kernel(cell_row, cells, first, order)
    in_slices(lambda a, b: order_in_cells_kernel(first, object_row, start_s, a, b, order), cells)
    return tuple(column[order] for column in columns)


def joined(*columns: npt.NDArray[Any]) -> Columns:
    """Ordered columns (object, cell, start, end, cut at start, cut at end) with no two accesses that touch."""
    object_row, cell_row, start_s, end_s, cut_at_start, cut_at_end = columns
    same = (object_row[1:] == object_row[:-1]) & (cell_row[1:] == cell_row[:-1])
    if not bool((same & (start_s[1:] <= end_s[:-1])).any()):
        return columns
    keep = np.zeros(len(start_s), dtype=np.uint8)
    ends, cut_ends = end_s.copy(), cut_at_end.astype(np.uint8)
    starts_cut = cut_at_start.astype(np.uint8)
    join_kernel(object_row, cell_row, start_s, keep, ends, starts_cut, cut_ends)
    kept = keep.astype(bool)
    return (
        object_row[kept], cell_row[kept], start_s[kept], ends[kept],
        starts_cut[kept].astype(bool), cut_ends[kept].astype(bool),
    )  # fmt: skip
