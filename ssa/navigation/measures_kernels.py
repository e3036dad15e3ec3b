"""What a time of dilutions comes to, cell by cell, and against time for a block of cells."""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out
from ssa.navigation.dop_kernels import GDOP, HDOP, PDOP, SATELLITES, TDOP, VDOP

# columns of `cells`
MEAN_SATELLITES, LEAST_SATELLITES, SOLVED, AVAILABLE, MEAN_GDOP, MEAN_PDOP, MEAN_HDOP, MEAN_VDOP, MEAN_TDOP = range(9)
P95_PDOP, WORST_PDOP, LONGEST_OUTAGE, COLUMNS = 9, 10, 11, 12
# columns of `timeline`: sums over cells of weight times these
T_SATELLITES, T_AVAILABLE, T_SOLVED, T_PDOP, T_WORST, T_COLUMNS = 0, 1, 2, 3, 4, 5


@inner
def nth_smallest(values, place):
    """The value that would stand at `place` if `values` were sorted; puts them in another order (Hoare 1961, Find)."""
    low, high = 0, values.shape[0] - 1
    while low < high:
        pivot = values[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i, j = i + 1, j - 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            break
    return values[place]


@entry(column(f8, 3), column(f8), f8, i8, out(f8, 2), out(f8, 2))
def summarise_kernel(dops, weight, most_pdop, cell_from, cells, timeline):
    """Fill rows of `cells` from `cell_from` on, and add to `timeline` (t, 5), from `dops` (6, points, t).

    Fractions and the longest outage are numbers of epochs here.
    """
    count, epochs = dops.shape[1], dops.shape[2]
    sorting = np.empty(epochs)
    for i in range(count):
        row = cells[cell_from + i]
        share = weight[cell_from + i]
        for k in range(COLUMNS):
            row[k] = 0.0
        row[LEAST_SATELLITES] = math.inf
        run = 0.0
        for k in range(epochs):
            satellites, pdop = dops[SATELLITES, i, k], dops[PDOP, i, k]
            row[MEAN_SATELLITES] += satellites / epochs
            row[LEAST_SATELLITES] = min(row[LEAST_SATELLITES], satellites)
            timeline[k, T_SATELLITES] += share * satellites
            timeline[k, T_WORST] = max(timeline[k, T_WORST], pdop)
            row[WORST_PDOP] = max(row[WORST_PDOP], pdop)
            if pdop < math.inf:
                row[SOLVED] += 1.0
                row[MEAN_GDOP] += dops[GDOP, i, k]
                row[MEAN_PDOP] += pdop
                row[MEAN_HDOP] += dops[HDOP, i, k]
                row[MEAN_VDOP] += dops[VDOP, i, k]
                row[MEAN_TDOP] += dops[TDOP, i, k]
                timeline[k, T_SOLVED] += share
                timeline[k, T_PDOP] += share * pdop
            if pdop <= most_pdop:
                row[AVAILABLE] += 1.0
                timeline[k, T_AVAILABLE] += share
                run = 0.0
            else:
                run += 1.0
                row[LONGEST_OUTAGE] = max(row[LONGEST_OUTAGE], run)
        for mean in (MEAN_GDOP, MEAN_PDOP, MEAN_HDOP, MEAN_VDOP, MEAN_TDOP):
            row[mean] = row[mean] / row[SOLVED] if row[SOLVED] > 0.0 else math.nan
        # the least value that 95 of 100 epochs do not exceed; no solution is infinitely bad
        place = min(max(math.ceil(0.95 * epochs - 1.0e-9) - 1, 0), epochs - 1)
        for k in range(epochs):
            sorting[k] = dops[PDOP, i, k]
        row[P95_PDOP] = nth_smallest(sorting, place)
