"""Stored access: when each object has each cell of a region in view. Every measure is a merge of these, no geometry.

Limits: an access is a chance to look, not a promise; what it means (horizon, field of regard, swath, sunlight) was
decided by whoever found the intervals. They are half-open, [start, end), in seconds after `span.start`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from orbits.times import TimeSpan
from ssa.coverage.interval_columns import in_order, joined
from ssa.coverage.intervals_kernels import is_settled_kernel, order_by_start_kernel

Rows = npt.NDArray[np.int32]

EDGE_TOLERANCE_S = 1e-6  # a time this near to the span's edge, on either side, is put on it: else it leaves a gap
_COLUMNS = ("object_row", "cell_row", "start_s", "end_s", "cut_at_start", "cut_at_end")


@dataclass(frozen=True, eq=False, kw_only=True)
class AccessIntervals:
    """Accesses (m,) of `objects` objects to the cells (c,) of a region, sorted by cell, then object, then start.

    `object_row` and `cell_row` (int32) count from 0; `start_s` and `end_s` are seconds after `span.start`;
    `cut_at_start` and `cut_at_end` say that an access was under way when the span began, or goes on when it ends.
    `cell_area_km2` (c,) weighs the cells in every answer for the region; any positive weights do. The columns may be
    handed in in any order. Accesses of one object to one cell that overlap or touch are joined, and accesses of no
    length (an object that only grazes the rule) are left out: `instants_left_out` counts them.

    Raises `InvalidValue` for columns of unequal length, rows out of range, times that are not finite, an end before
    its start, times outside the span by more than a microsecond, and cells without a positive area.

    >>> span = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 1, 60, 90), (0, 0, 0, 30)], span=span, objects=1, cell_area_km2=[1, 3])
    >>> seen.cell_row.tolist(), seen.start_s.tolist(), seen.cut_at_start.tolist()
    ([0, 1], [0.0, 60.0], [True, False])
    """

    object_row: Rows
    cell_row: Rows
    start_s: Floats
    end_s: Floats
    cut_at_start: Booleans
    cut_at_end: Booleans
    span: TimeSpan
    objects: int
    cell_area_km2: Floats
    instants_left_out: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        areas = read_only(self.cell_area_km2, np.float64)
        if areas.ndim != 1 or len(areas) == 0 or not (np.isfinite(areas).all() and (areas > 0.0).all()):
            raise InvalidValue("cell_area_km2", areas.shape, "give one positive area for each of one or more cells")
        if self.objects < 0:
            raise InvalidValue("objects", self.objects, "give the number of objects, 0 or more")
        object_row = np.ascontiguousarray(self.object_row, dtype=np.int32)
        cell_row = np.ascontiguousarray(self.cell_row, dtype=np.int32)
        start_s = np.ascontiguousarray(self.start_s, dtype=np.float64)
        end_s = np.ascontiguousarray(self.end_s, dtype=np.float64)
        cut_at_start, cut_at_end = np.asarray(self.cut_at_start, dtype=bool), np.asarray(self.cut_at_end, dtype=bool)
        lengths = {name: np.shape(getattr(self, name)) for name in _COLUMNS}
        if len(set(lengths.values())) != 1 or object_row.ndim != 1:
            raise InvalidValue("access intervals", lengths, "give columns of one length")
        duration_s = self.span.duration_s
        columns: tuple[Any, ...] = (object_row, cell_row, start_s, end_s, cut_at_start, cut_at_end)
        asked = (self.objects, len(areas), duration_s, EDGE_TOLERANCE_S)
        if not is_settled_kernel(object_row, cell_row, start_s, end_s, *asked):
            columns = self._settled(len(areas), *columns)
        object.__setattr__(self, "cell_area_km2", areas)
        for name, column in zip(_COLUMNS, columns, strict=True):
            object.__setattr__(self, name, read_only(column, column.dtype))

    def _settled(self, cells: int, *columns: Any) -> tuple[Any, ...]:
        """The columns checked, and put in order and joined; those of no length are counted."""
        object_row, cell_row, start_s, end_s, cut_at_start, cut_at_end = columns
        for name, rows, count in (("object_row", object_row, self.objects), ("cell_row", cell_row, cells)):
            if len(rows) and not (rows.min() >= 0 and rows.max() < count):
                raise InvalidValue(name, f"{rows.min()} to {rows.max()}", f"outside 0 to {count - 1}")
        duration_s = self.span.duration_s
        if len(start_s):
            if not (np.isfinite(start_s).all() and np.isfinite(end_s).all()):
                raise InvalidValue("start_s, end_s", "NaN or infinity", "every time must be finite")
            first, last = float(start_s.min()), float(end_s.max())
            if first < -EDGE_TOLERANCE_S or last > duration_s + EDGE_TOLERANCE_S:
                raise InvalidValue("start_s, end_s", f"{first} to {last}", f"outside the span, 0 to {duration_s} s")
            if (end_s < start_s).any():
                at = int(np.argmax(end_s < start_s))
                raise InvalidValue("end_s", end_s[at], f"is before its start, {start_s[at]} s")
            start_s, end_s = _on_edges(start_s, duration_s), _on_edges(end_s, duration_s)
        lasting = end_s > start_s
        object.__setattr__(self, "instants_left_out", int(len(lasting) - np.count_nonzero(lasting)))
        columns = (object_row, cell_row, start_s, end_s, cut_at_start, cut_at_end)
        if self.instants_left_out:
            columns = tuple(column[lasting] for column in columns)
        return joined(*in_order(cells, *columns))

    @classmethod
    def of(
        cls, rows: Iterable[tuple[int, int, float, float]], *, span: TimeSpan, objects: int, cell_area_km2: Any
    ) -> AccessIntervals:
        """From rows (object, cell, start_s, end_s); an access that reaches the span's edge counts as cut there."""
        table = np.array(list(rows), dtype=np.float64).reshape(-1, 4)
        return cls(
            object_row=table[:, 0].astype(np.int32),
            cell_row=table[:, 1].astype(np.int32),
            start_s=table[:, 2],
            end_s=table[:, 3],
            cut_at_start=table[:, 2] <= EDGE_TOLERANCE_S,
            cut_at_end=table[:, 3] >= span.duration_s - EDGE_TOLERANCE_S,
            span=span,
            objects=objects,
            cell_area_km2=cell_area_km2,
        )

    def __len__(self) -> int:
        return len(self.start_s)

    @property
    def cells(self) -> int:
        """How many cells the region has."""
        return len(self.cell_area_km2)

    @property
    def duration_s(self) -> float:
        return self.span.duration_s

    @property
    def weights(self) -> Floats:
        """Each cell's share of the region's area (c,)."""
        return np.asarray(self.cell_area_km2 / self.cell_area_km2.sum())

    @cached_property
    def first(self) -> Integers:
        """Where each cell's accesses begin (c + 1,): those of cell k are rows `first[k]` to `first[k + 1]`."""
        return read_only(np.searchsorted(self.cell_row, np.arange(self.cells + 1)), np.int64)

    @cached_property
    def by_start(self) -> Integers:
        """Rows sorted by cell, then start (m,): what every merge walks through."""
        order = np.empty(len(self), dtype=np.int64)
        in_slices(lambda a, b: order_by_start_kernel(self.first, self.start_s, a, b, order), self.cells)
        return read_only(order, np.int64)


def _on_edges(times_s: Floats, duration_s: float) -> Floats:
    """Times with those at the span's edges put on them exactly: a span's length has the rounding of two dates."""
    late, early = times_s >= duration_s - EDGE_TOLERANCE_S, times_s <= EDGE_TOLERANCE_S
    late &= times_s != duration_s
    early &= times_s != 0.0
    if not (late.any() or early.any()):
        return times_s
    put = times_s.copy()
    put[late], put[early] = duration_s, 0.0
    return put
