"""Many coalitions in one walk: gaps and coverage of every subset asked about, and equal shares of what is covered.

The walk goes through a cell's accesses in the order of their starts; each coalition that holds the object keeps the
largest end so far, so an access after it closes a gap. The loop over coalitions is innermost and free of branches, so
that it becomes vector code: about a nanosecond per access and coalition (tests/benchmarks/coverage_measures.py).
"""

from __future__ import annotations

import numpy as np

from orbits.jit import column, entry, f8, i4, i8, out, quick, u1
from orbits.sgp4_core.vector_kernels import fill
from ssa.coverage.intervals_kernels import sort_rows

# rows of `values`
COVERED, SEEN, MEAN_GAP, MEAN_MAX_GAP, TIME_AVERAGE_GAP, SATISFIED, MAX_GAP = range(7)
VALUES = 7


@quick
def close_gaps(inside, start_s, end_s, until, gaps, longest, total, squares):
    """One access: every coalition inside of which it lies closes the gap since the last end it knows."""
    for s in range(until.shape[0]):
        active = inside[s] != 0
        known = until[s]
        gap = start_s - known
        gap = gap if active and gap > 0.0 else 0.0
        gaps[s] += 1.0 if gap > 0.0 else 0.0
        longest[s] = gap if gap > longest[s] else longest[s]
        total[s] += gap
        squares[s] += gap * gap
        until[s] = end_s if active and end_s > known else known


@entry(
    column(i8), column(i8), column(i4), column(f8), column(f8), f8, column(f8), column(u1, 2), f8, i8, i8, i8,
    out(f8, 3),
)  # fmt: skip
def coalitions_kernel(
    first, by_start, object_row, start_s, end_s, duration_s, weights, inside, limit_s, block_cells, block_from,
    block_to, values,
):  # fmt: skip
    """Add each block of cells to `values` (blocks, 7, q), which holds zeros; `inside` (objects, q) says who is in."""
    count = inside.shape[1]
    gaps, longest, total = np.empty(count), np.empty(count), np.empty(count)
    squares, until = np.empty(count), np.empty(count)
    everyone = np.ones(count, dtype=np.uint8)
    for block in range(block_from, block_to):
        into = values[block]
        for cell in range(block * block_cells, min((block + 1) * block_cells, weights.shape[0])):
            fill(gaps, 0.0)
            fill(longest, 0.0)
            fill(total, 0.0)
            fill(squares, 0.0)
            fill(until, 0.0)
            for k in range(first[cell], first[cell + 1]):
                row = by_start[k]
                close_gaps(
                    inside[object_row[row]], start_s[row], end_s[row], until, gaps, longest, total, squares
                )  # fmt: skip
            for s in range(count):
                into[SEEN, s] += weights[cell] if until[s] > 0.0 else 0.0
            close_gaps(everyone, duration_s, duration_s, until, gaps, longest, total, squares)
            for s in range(count):
                into[COVERED, s] += weights[cell] * (1.0 - total[s] / duration_s)
                into[MEAN_GAP, s] += weights[cell] * (total[s] / gaps[s] if gaps[s] > 0.0 else 0.0)
                into[MEAN_MAX_GAP, s] += weights[cell] * longest[s]
                into[TIME_AVERAGE_GAP, s] += weights[cell] * squares[s] / duration_s
                into[SATISFIED, s] += weights[cell] if longest[s] <= limit_s else 0.0
                into[MAX_GAP, s] = max(into[MAX_GAP, s], longest[s])


@entry(
    column(i8), column(i4), column(i8), column(f8), column(f8), column(i8), column(f8), i8, i8, i8, out(f8, 2)
)  # fmt: skip
def shared_time_kernel(
    first, object_row, player_of, start_s, end_s, by_start, weights, block_cells, block_from, block_to, shares
):  # fmt: skip
    """Add to `shares` (blocks, players) the weighed seconds of each, every second split among those in access.

    `player_of` (n,) is each object's player, -1 for none; a player is in access while any of its objects is. `spread`
    grows by 1 / (players in access) a second; a player's access is worth its growth from its start to its end.
    """
    spread_at_start, depth = np.zeros(shares.shape[1]), np.zeros(shares.shape[1], dtype=np.int64)
    no_group = np.empty(0, dtype=np.int32)
    for block in range(block_from, block_to):
        for cell in range(block * block_cells, min((block + 1) * block_cells, weights.shape[0])):
            a, b = first[cell], first[cell + 1]
            by_end = np.empty(2 * (b - a), dtype=np.int64)
            for k in range(b - a):
                by_end[k] = by_start[a + k]
            sort_rows(by_end[: b - a], by_end[b - a :], end_s, no_group)
            i, j, fold = a, 0, 0
            spread, since = 0.0, 0.0
            while j < b - a:
                opens = i < b and start_s[by_start[i]] < end_s[by_end[j]]
                row = by_start[i] if opens else by_end[j]
                now = start_s[row] if opens else end_s[row]
                player = player_of[object_row[row]]
                if fold > 0:
                    spread += (now - since) / fold
                since = now
                if opens:
                    i += 1
                    if player >= 0:
                        if depth[player] == 0:
                            spread_at_start[player] = spread
                            fold += 1
                        depth[player] += 1
                else:
                    j += 1
                    if player >= 0:
                        depth[player] -= 1
                        if depth[player] == 0:
                            shares[block, player] += weights[cell] * (spread - spread_at_start[player])
                            fold -= 1
