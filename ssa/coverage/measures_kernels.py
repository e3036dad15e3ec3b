"""One walk through a cell's accesses in the order of their starts: merged accesses, gaps, and how many see it at once.

A merged access runs from a start that finds the cell unseen to the largest end so far. The number of objects at an
instant is the starts up to it less the ends up to it; starts and ends are sorted apart, since an object never
overlaps itself.
"""

from __future__ import annotations

import numpy as np

from orbits.jit import column, entry, f8, i4, i8, inner, out

# columns of `walked`
COVERED_S, OBJECT_S, MAX_FOLD, ACCESSES, OBJECT_ACCESSES, MAX_ACCESS_S, MAX_OBJECT_ACCESS_S = range(7)
GAPS, MAX_GAP_S, SUM_GAP_S2, INTERIOR_GAPS, MAX_INTERIOR_GAP_S, SUM_INTERIOR_GAP_S, FIRST_SEEN_S = range(7, 14)
WALKED = 14


@inner
def note_gap(walked, gap_s, interior):
    """Add a gap to a cell's sums; one of no length is none."""
    if gap_s > 0.0:
        walked[GAPS] += 1.0
        walked[MAX_GAP_S] = max(walked[MAX_GAP_S], gap_s)
        walked[SUM_GAP_S2] += gap_s * gap_s
        if interior:
            walked[INTERIOR_GAPS] += 1.0
            walked[MAX_INTERIOR_GAP_S] = max(walked[MAX_INTERIOR_GAP_S], gap_s)
            walked[SUM_INTERIOR_GAP_S] += gap_s


@inner
def count_folds(starts, ends, fold_s, walked):
    """Seconds with at least 1, 2, ... objects at once, and the most there ever are."""
    i, j, fold = 0, 0, 0
    since = 0.0
    while j < ends.shape[0]:
        # at equal times ends go first: [a, b) and [b, c) never hold together
        opens = i < starts.shape[0] and starts[i] < ends[j]
        now = starts[i] if opens else ends[j]
        for k in range(min(fold, fold_s.shape[0])):
            fold_s[k] += now - since
        since = now
        if opens:
            i += 1
            fold += 1
            walked[MAX_FOLD] = max(walked[MAX_FOLD], float(fold))
        else:
            j += 1
            fold -= 1


@entry(column(i8), column(i8), column(f8), column(f8), f8, i8, i8, out(f8, 2), out(f8, 2))
def walk_cells_kernel(first, by_start, start_s, end_s, duration_s, cell_from, cell_to, walked, fold_s):
    """Fill `walked` (c, 14) and `fold_s` (c, folds), which hold zeros, for cells `cell_from` to `cell_to`."""
    for cell in range(cell_from, cell_to):
        rows = by_start[first[cell] : first[cell + 1]]
        row = walked[cell]
        row[FIRST_SEEN_S] = np.nan
        opened, end = 0.0, 0.0  # of the merged access under way
        starts = np.empty(rows.shape[0])
        ends = np.empty(rows.shape[0])
        for k in range(rows.shape[0]):
            a, b = start_s[rows[k]], end_s[rows[k]]
            starts[k], ends[k] = a, b
            row[OBJECT_S] += b - a
            row[OBJECT_ACCESSES] += 1.0
            row[MAX_OBJECT_ACCESS_S] = max(row[MAX_OBJECT_ACCESS_S], b - a)
            if k == 0 or a > end:
                note_gap(row, a - end, k > 0)
                if k == 0:
                    row[FIRST_SEEN_S] = a
                else:
                    row[COVERED_S] += end - opened
                    row[MAX_ACCESS_S] = max(row[MAX_ACCESS_S], end - opened)
                row[ACCESSES] += 1.0
                opened, end = a, b
            elif b > end:
                end = b
        if rows.shape[0] > 0:
            row[COVERED_S] += end - opened
            row[MAX_ACCESS_S] = max(row[MAX_ACCESS_S], end - opened)
        note_gap(row, duration_s - end, False)
        count_folds(starts, np.sort(ends), fold_s[cell], row)


@entry(
    column(f8), column(f8), column(i8), column(i8), column(f8), column(f8), i8, i8, i8, out(f8), out(i8)
)  # fmt: skip
def count_steps_kernel(times, weights, first, by_start, start_s, end_s, as_one, cell_from, cell_to, steps, counts):
    """Add each access's weight and one to the first of the rising `times` (t,) that is not before its start, and take
    them away at the first not before its end; `steps` and `counts` have t + 1 places, which hold zeros. With `as_one`,
    a cell's accesses are merged first."""
    for cell in range(cell_from, cell_to):
        opened, k, last, weight = 0, first[cell], first[cell + 1], weights[cell]
        while k < last:
            row = by_start[k]
            start, end = start_s[row], end_s[row]
            k += 1
            while as_one > 0 and k < last and start_s[by_start[k]] <= end:
                end = max(end, end_s[by_start[k]])
                k += 1
            while opened < times.shape[0] and times[opened] < start:
                opened += 1
            closed = opened
            while closed < times.shape[0] and times[closed] < end:
                closed += 1
            if closed > opened:
                steps[opened] += weight
                steps[closed] -= weight
                counts[opened] += 1
                counts[closed] -= 1


@entry(column(i8), column(i8), column(f8), column(f8), f8, out(i4), out(f8), out(f8), returns=i8)
def gaps_kernel(first, by_start, start_s, end_s, duration_s, cell_row, gap_start_s, gap_end_s):
    """Put the gaps of every cell into the columns as far as they reach; returns how many there are."""
    used, room = 0, cell_row.shape[0]
    for cell in range(first.shape[0] - 1):
        end = 0.0
        for place in range(first[cell], first[cell + 1] + 1):
            row = by_start[place] if place < first[cell + 1] else 0
            start = start_s[row] if place < first[cell + 1] else duration_s
            if start > end:
                if used < room:
                    cell_row[used], gap_start_s[used], gap_end_s[used] = cell, end, start
                used += 1
            if place < first[cell + 1]:
                end = max(end, end_s[row])
    return used
