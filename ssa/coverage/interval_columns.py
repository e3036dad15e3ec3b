"""Columns of accesses put in order, joined where they overlap, and read for one object, group or part of a region."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from orbits.jit import in_slices
from ssa.coverage.intervals_kernels import (
    close_up_kernel,
    count_by_cell_kernel,
    deal_by_cell_kernel,
    deal_by_cell_number_kernel,
    is_apart_kernel,
    is_in_order_kernel,
    join_kernel,
    order_in_cells_kernel,
    settle_cells_kernel,
)

Columns = tuple[npt.NDArray[Any], ...]


def dealt_by_cell(
    parts: list[npt.NDArray[np.float64]], cell_of: npt.NDArray[np.int64], threads: int | None = None
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Object, cell, start and end of accesses (object, cell, start, end) that were found object by object, by cell.

    `cell_of` (c,) is the row of each cell number. The order inside a cell is by object and start, and accesses of one
    object that overlap or touch are joined. The parts are let go as they are dealt: `parts` is empty afterwards.
    """
    count = sum(map(len, parts))
    place = np.zeros(len(cell_of) + 1, dtype=np.int64)
    for part in parts:
        count_by_cell_kernel(part, cell_of, place)
    np.cumsum(place, out=place)
    object_row, cell_row = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    start_s, end_s = np.empty(count), np.empty(count)
    parts.reverse()
    while parts:
        deal_by_cell_number_kernel(parts.pop(), cell_of, place, object_row, cell_row, start_s, end_s)
    first, kept = np.concatenate([[0], place[:-1]]), np.zeros(len(cell_of), dtype=np.int64)
    in_slices(lambda a, b: settle_cells_kernel(first, object_row, start_s, end_s, a, b, kept), len(cell_of), threads)
    if kept.sum() < count:
        count = close_up_kernel(first, kept, object_row, cell_row, start_s, end_s)
    for column in (object_row, cell_row, start_s, end_s):
        column.flags.writeable = False
    return object_row[:count], cell_row[:count], start_s[:count], end_s[:count]


def in_order(cells: int, *columns: npt.NDArray[Any]) -> Columns:
    """The columns (object, cell, start, ...) sorted by cell, then object, then start; as they are if they are so."""
    object_row, cell_row, start_s = columns[:3]
    if is_in_order_kernel(object_row, cell_row, start_s):
        return columns
    first, order = np.zeros(cells + 1, dtype=np.int64), np.empty(len(start_s), dtype=np.int64)
    deal_by_cell_kernel(cell_row, cells, first, order)
    in_slices(lambda a, b: order_in_cells_kernel(first, object_row, start_s, a, b, order), cells)
    return tuple(column[order] for column in columns)


def joined(*columns: npt.NDArray[Any]) -> Columns:
    """Ordered columns (object, cell, start, end, cut at start, cut at end) with no two accesses that touch."""
    object_row, cell_row, start_s, end_s, cut_at_start, cut_at_end = columns
    if is_apart_kernel(object_row, cell_row, start_s, end_s):
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
