"""Kernels that order, join and compare columns of accesses; all walk rows that are sorted by cell."""

from __future__ import annotations

import numpy as np

from orbits.jit import b1, column, entry, f8, i4, i8, inner, out, u1

_FULLEST = 64  # starts in one bucket; above, a cell's starts are bunched and are sorted by merging


@inner
def order_in_buckets(start_s, a, b, order, fill):
    """Sort rows a to b by start into order[a:b], a bucket a row and then neighbour by neighbour; false if bunched."""
    count = b - a
    low, high = start_s[a], start_s[a]
    for k in range(a, b):
        low, high = min(low, start_s[k]), max(high, start_s[k])
    scale = (count - 1) / (high - low) if high > low else 0.0
    fill[: count + 1] = 0
    for k in range(a, b):
        fill[int((start_s[k] - low) * scale) + 1] += 1
    for k in range(count):
        if fill[k + 1] > _FULLEST:
            return False
        fill[k + 1] += fill[k]
    for k in range(a, b):
        bucket = int((start_s[k] - low) * scale)
        order[a + fill[bucket]] = k
        fill[bucket] += 1
    for k in range(a + 1, b):
        row, place = order[k], k
        while place > a and start_s[order[place - 1]] > start_s[row]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = row
    return True


@entry(column(i8), column(f8), i8, i8, out(i8))
def order_by_start_kernel(first, start_s, cell_from, cell_to, order):
    """Fill `order` with each cell's rows sorted by start; equal starts keep their order."""
    most = 0
    for cell in range(cell_from, cell_to):
        most = max(most, first[cell + 1] - first[cell])
    fill = np.empty(most + 1, dtype=np.int64)
    for cell in range(cell_from, cell_to):
        a, b = first[cell], first[cell + 1]
        if b > a and not order_in_buckets(start_s, a, b, order, fill):
            order[a:b] = np.argsort(start_s[a:b], kind="mergesort") + a


@entry(column(f8, 2), column(i8), out(i8))
def count_by_cell_kernel(found, cell_of, counts):
    """Add the accesses (object, cell, start, end) to `counts` (c + 1,), those of cell k at k + 1."""
    for k in range(found.shape[0]):
        counts[cell_of[int(found[k, 1])] + 1] += 1


@entry(column(f8, 2), column(i8), out(i8), out(i4), out(i4), out(f8), out(f8))
def deal_by_cell_number_kernel(found, cell_of, place, object_row, cell_row, start_s, end_s):
    """Put accesses where `place` (c + 1,) says that their cell goes on, and move it on."""
    for k in range(found.shape[0]):
        cell = cell_of[int(found[k, 1])]
        to = place[cell]
        place[cell] = to + 1
        object_row[to], cell_row[to], start_s[to], end_s[to] = int(found[k, 0]), cell, found[k, 2], found[k, 3]


@entry(column(i4), column(i4), column(f8), returns=b1)
def is_in_order_kernel(object_row, cell_row, start_s):
    """Whether rows stand by cell, then object, then start."""
    for k in range(1, start_s.shape[0]):
        if cell_row[k] < cell_row[k - 1]:
            return False
        if cell_row[k] == cell_row[k - 1]:
            if object_row[k] < object_row[k - 1]:
                return False
            if object_row[k] == object_row[k - 1] and not start_s[k] >= start_s[k - 1]:
                return False
    return True


@entry(column(i4), column(i4), column(f8), column(f8), returns=b1)
def is_apart_kernel(object_row, cell_row, start_s, end_s):
    """Whether no two neighbouring rows of one object and cell overlap or touch."""
    for k in range(1, start_s.shape[0]):
        if object_row[k] == object_row[k - 1] and cell_row[k] == cell_row[k - 1] and start_s[k] <= end_s[k - 1]:
            return False
    return True


@entry(column(i4), i8, out(i8), out(i8))
def deal_by_cell_kernel(cell_row, cells, first, order):
    """Rows by cell in `order` (m,), in their old order in each; `first` (cells + 1,), which holds zeros, its edges."""
    for k in range(cell_row.shape[0]):
        first[cell_row[k] + 1] += 1
    for cell in range(cells):
        first[cell + 1] += first[cell]
    place = first[:cells].copy()
    for k in range(cell_row.shape[0]):
        order[place[cell_row[k]]] = k
        place[cell_row[k]] += 1


@entry(column(i8), column(i4), column(f8), i8, i8, out(i8))
def order_in_cells_kernel(first, object_row, start_s, cell_from, cell_to, order):
    """Sort each cell's rows of `order` by object, then start; a search that goes object by object finds them so."""
    for cell in range(cell_from, cell_to):
        rows = order[first[cell] : first[cell + 1]]
        in_order = True
        for k in range(1, rows.shape[0]):
            a, b = rows[k - 1], rows[k]
            before, after = object_row[a], object_row[b]
            in_order &= before < after or (before == after and start_s[a] <= start_s[b])
        if in_order:
            continue
        starts = np.empty(rows.shape[0])
        for k in range(rows.shape[0]):
            starts[k] = start_s[rows[k]]
        by_start = rows[np.argsort(starts, kind="mergesort")]
        owners = np.empty(rows.shape[0], dtype=np.int32)
        for k in range(rows.shape[0]):
            owners[k] = object_row[by_start[k]]
        rows[:] = by_start[np.argsort(owners, kind="mergesort")]


@entry(column(i4), column(i4), column(f8), out(u1), out(f8), out(u1), out(u1))
def join_kernel(object_row, cell_row, start_s, keep, end_s, cut_at_start, cut_at_end):
    """Join accesses of one object to one cell that overlap or touch into the first of them; the others are not kept."""
    head = 0
    for k in range(start_s.shape[0]):
        same = k > 0 and object_row[k] == object_row[head] and cell_row[k] == cell_row[head]
        if same and start_s[k] <= end_s[head]:
            if start_s[k] == start_s[head]:
                cut_at_start[head] |= cut_at_start[k]
            if end_s[k] > end_s[head]:
                end_s[head], cut_at_end[head] = end_s[k], cut_at_end[k]
            elif end_s[k] == end_s[head]:
                cut_at_end[head] |= cut_at_end[k]
        else:
            head = k
            keep[k] = 1


@entry(
    column(i8), column(i8), column(f8), column(f8), column(u1), column(u1), out(i4), out(f8), out(f8), out(u1), out(u1),
    returns=i8,
)  # fmt: skip
def merge_kernel(first, by_start, start_s, end_s, cut_start, cut_end, cell_row, starts, ends, cut_starts, cut_ends):
    """Put the merged accesses of every cell into the columns as far as they reach; returns how many there are."""
    used, room = -1, cell_row.shape[0]
    for cell in range(first.shape[0] - 1):
        end = -1.0
        for place in range(first[cell], first[cell + 1]):
            row = by_start[place]
            if end < 0.0 or start_s[row] > end:
                used += 1
                end = end_s[row]
                if used < room:
                    cell_row[used], starts[used], ends[used] = cell, start_s[row], end
                    cut_starts[used], cut_ends[used] = cut_start[row], cut_end[row]
                continue
            if used < room and start_s[row] == starts[used]:
                cut_starts[used] |= cut_start[row]
            if used < room and end_s[row] == end:
                cut_ends[used] |= cut_end[row]
            if end_s[row] > end:
                end = end_s[row]
                if used < room:
                    ends[used], cut_ends[used] = end, cut_end[row]
    return used + 1


@entry(
    column(i4), column(i4), column(f8), column(f8), column(i4), column(i4), column(f8), column(f8), out(f8), out(i8)
)  # fmt: skip
def overlap_kernel(object_a, cell_a, start_a, end_a, object_b, cell_b, start_b, end_b, shared_s, pieces):
    """For each access of `a`, the seconds that accesses of `b` (same object, same cell) share with it, and how many.

    Both are sorted by cell, object and start, and neither overlaps itself.
    """
    k = 0
    for row in range(start_a.shape[0]):
        while k < start_b.shape[0] and (
            cell_b[k] < cell_a[row]
            or (cell_b[k] == cell_a[row] and object_b[k] < object_a[row])
            or (cell_b[k] == cell_a[row] and object_b[k] == object_a[row] and end_b[k] <= start_a[row])
        ):
            k += 1
        at = k
        while (
            at < start_b.shape[0]
            and cell_b[at] == cell_a[row]
            and object_b[at] == object_a[row]
            and start_b[at] < end_a[row]
        ):
            shared_s[row] += min(end_a[row], end_b[at]) - max(start_a[row], start_b[at])
            pieces[row] += 1
            at += 1
