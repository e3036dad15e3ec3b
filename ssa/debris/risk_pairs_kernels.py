"""Kernel of collision rates pair by pair, with the closed form of G: the slow exact twin of the cells."""

from orbits.jit import column, entry, f8, i8, out
from ssa.debris.risk_geometry_kernels import crossing


@entry(i8, i8, column(i8), column(i8), column(i8), column(f8), column(f8), column(f8), column(f8), column(f8),
       column(i8), out(f8), out(f8, 2))  # fmt: skip
def pair_rates_kernel(
    first_row, last_row, first, lowest, highest, fraction, per_volume, cosine, sine, radius_km, group, rates, by_group
):
    """Add to rates per second (n,) and by group (g, g) all pairs (i, j > i) of objects sorted by their lowest shell."""
    n = len(lowest)
    for i in range(first_row, last_row):
        top = highest[i]
        for j in range(i + 1, n):
            low = lowest[j]
            if low > top:
                break
            share = 0.0
            mine, other = first[i] + low - lowest[i], first[j]
            for step in range(min(top, highest[j]) - low + 1):
                share += fraction[mine + step] * fraction[other + step] * per_volume[low + step]
            size = radius_km[i] + radius_km[j]
            rate = size * size * share * crossing(cosine[i], sine[i], cosine[j], sine[j])
            rates[i] += rate
            rates[j] += rate
            by_group[group[i], group[j]] += rate
