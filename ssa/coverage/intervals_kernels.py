"""Kernels that order, join and compare columns of accesses; all walk rows that are sorted by cell."""

from __future__ import annotations

import numpy as np

from orbits.jit import b1, column, entry, f8, i4, i8, inner, out, u1

_FULLEST = 64  # starts in one bucket; above, a cell's starts are bunched and are sorted by merging
_RUN = 16  # rows sorted by insertion


@inner
def order_in_buckets(start_s, a, b, order, fill):
    """Sort rows a to b by start into order[a:b], a bucket a row and then neighbour by neighbour; false if bunched."""
    count = b - a
    low, high = start_s[a], start_s[a]
    for k in range(a, b):
        low, high = min(low, start_s[k]), max(high, start_s[k])
    scale = (count - 1) / (high - low) if high > low else 0.0
    for k in range(count + 1):
        fill[k] = 0
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


@inner
def sort_rows(rows, spare, key, group):
    """Sort `rows` by their group, then key, equal ones in their old order; fast where they nearly are in order.

    Short runs are sorted by insertion, then merged where the last of one comes after the first of the next.
    `group` without places is none; `spare` is as long as `rows`.
    """
    count, grouped = rows.shape[0], group.shape[0] > 0
    for k in range(count):
        row, place, run = rows[k], k, k - k % _RUN
        mine, at = group[row] if grouped else 0, key[row]
        while place > run:
            other = rows[place - 1]
            theirs = group[other] if grouped else 0
            if theirs < mine or (theirs == mine and key[other] <= at):
                break
            rows[place] = other
            place -= 1
        rows[place] = row
    length = _RUN
    while length < count:
        for low in range(0, count - length, 2 * length):
            middle, high = low + length, min(low + 2 * length, count)
            i, j, to = low, middle, low
            for k in range(low, middle):
                spare[k] = rows[k]
            while i < middle and j < high:
                left, right = spare[i], rows[j]
                mine, theirs = (group[left], group[right]) if grouped else (0, 0)
                if to == low and i == low and j == middle:
                    last = spare[middle - 1]
                    before = group[last] if grouped else 0
                    if before < theirs or (before == theirs and key[last] <= key[right]):
                        break
                if mine < theirs or (mine == theirs and key[left] <= key[right]):
                    rows[to] = left
                    i += 1
                else:
                    rows[to] = right
                    j += 1
                to += 1
            while i < middle:
                rows[to] = spare[i]
                i, to = i + 1, to + 1
        length *= 2


@entry(column(i8), column(f8), i8, i8, out(i8))
def order_by_start_kernel(first, start_s, cell_from, cell_to, order):
    """Fill `order` with each cell's rows sorted by start; equal starts keep their order."""
    most = 0
    for cell in range(cell_from, cell_to):
        most = max(most, first[cell + 1] - first[cell])
    fill, no_group = np.empty(most + 1, dtype=np.int64), np.empty(0, dtype=np.int32)
    for cell in range(cell_from, cell_to):
        a, b = first[cell], first[cell + 1]
        if b > a and not order_in_buckets(start_s, a, b, order, fill):
            for k in range(a, b):
                order[k] = k
            sort_rows(order[a:b], fill, start_s, no_group)


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


@entry(column(i8), out(i4), out(f8), out(f8), i8, i8, out(i8))
def settle_cells_kernel(first, object_row, start_s, end_s, cell_from, cell_to, kept):
    """Put each cell's accesses in order of object and start, where they nearly are, and join those of one object that
    overlap or touch; the first `kept` (c,) of each cell's places then hold them."""
    for cell in range(cell_from, cell_to):
        a, b = first[cell], first[cell + 1]
        head = a - 1
        for k in range(a, b):
            mine, start, end, place = object_row[k], start_s[k], end_s[k], head + 1
            # what stands before is in order and joined; this one goes in among the last of it
            while place > a and (
                object_row[place - 1] > mine or (object_row[place - 1] == mine and start_s[place - 1] > start)
            ):
                place -= 1
            joins = place > a and object_row[place - 1] == mine and start <= end_s[place - 1]
            if joins:
                place -= 1
                end_s[place] = max(end_s[place], end)
            else:
                for later in range(head, place - 1, -1):
                    object_row[later + 1], start_s[later + 1], end_s[later + 1] = (
                        object_row[later], start_s[later], end_s[later]
                    )  # fmt: skip
                object_row[place], start_s[place], end_s[place] = mine, start, end
                head += 1
            # the one that grew or went in may reach those behind it
            gone = 0
            while (
                place + gone < head
                and object_row[place + gone + 1] == mine
                and start_s[place + gone + 1] <= end_s[place]
            ):
                gone += 1
                end_s[place] = max(end_s[place], end_s[place + gone])
            if gone > 0:
                for later in range(place + 1, head + 1 - gone):
                    object_row[later], start_s[later], end_s[later] = (
                        object_row[later + gone], start_s[later + gone], end_s[later + gone]
                    )  # fmt: skip
                head -= gone
        kept[cell] = head + 1 - a


@entry(column(i8), column(i8), out(i4), out(i4), out(f8), out(f8), returns=i8)
def close_up_kernel(first, kept, object_row, cell_row, start_s, end_s):
    """Move the kept accesses of every cell together; returns how many there are."""
    to = 0
    for cell in range(kept.shape[0]):
        for k in range(first[cell], first[cell] + kept[cell]):
            object_row[to], cell_row[to], start_s[to], end_s[to] = object_row[k], cell, start_s[k], end_s[k]
            to += 1
    return to


@entry(column(i4), column(i4), column(f8), column(f8), i8, i8, f8, f8, returns=b1)
def is_settled_kernel(object_row, cell_row, start_s, end_s, objects, cells, duration_s, tolerance_s):
    """Whether rows are known ones in order, none overlaps its neighbour, and all times are good and exact at edges."""
    for k in range(start_s.shape[0]):
        start, end = start_s[k], end_s[k]
        if not (0 <= object_row[k] < objects and 0 <= cell_row[k] < cells and 0.0 <= start < end <= duration_s):
            return False
        if (0.0 < start <= tolerance_s) or (duration_s - tolerance_s <= end < duration_s):
            return False
        if start >= duration_s - tolerance_s or end <= tolerance_s:
            return False
        if k > 0:
            if cell_row[k] < cell_row[k - 1]:
                return False
            if cell_row[k] == cell_row[k - 1] and (
                object_row[k] < object_row[k - 1] or (object_row[k] == object_row[k - 1] and start <= end_s[k - 1])
            ):
                return False
    return True


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
    most = 0
    for cell in range(cell_from, cell_to):
        most = max(most, first[cell + 1] - first[cell])
    spare = np.empty(most, dtype=np.int64)
    for cell in range(cell_from, cell_to):
        sort_rows(order[first[cell] : first[cell + 1]], spare, start_s, object_row)


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
