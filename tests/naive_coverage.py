"""Slow plain twins of the coverage kernels: one cell at a time, by listing every stretch between two edges."""

from __future__ import annotations

from itertools import pairwise, permutations, product
from math import factorial

import numpy as np

from orbits import TimeSpan
from ssa.coverage.intervals import AccessIntervals

Access = tuple[int, int, float, float]  # object, cell, start_s, end_s
START = "2026-03-10T00:00:00Z"


def hour(hours: float = 1.0) -> TimeSpan:
    return TimeSpan.of(START, hours=hours)


def stored(rows: list[Access], *, objects: int, cells: int, hours: float = 1.0, areas=None) -> AccessIntervals:
    return AccessIntervals.of(
        rows, span=hour(hours), objects=objects, cell_area_km2=np.ones(cells) if areas is None else areas
    )


def stretches(rows: list[Access], cell: int, duration_s: float) -> list[tuple[float, float, frozenset[int]]]:
    """(from, to, objects in access) between neighbouring edges, in order of time."""
    mine = [row for row in rows if row[1] == cell]
    edges = sorted({0.0, duration_s, *(row[2] for row in mine), *(row[3] for row in mine)})
    return [(a, b, frozenset(row[0] for row in mine if row[2] <= a and row[3] >= b)) for a, b in pairwise(edges)]


def runs(rows: list[Access], cell: int, duration_s: float, covered: bool) -> list[tuple[float, float]]:
    """Merged accesses (`covered`) or gaps of a cell."""
    found: list[tuple[float, float]] = []
    for a, b, who in stretches(rows, cell, duration_s):
        if bool(who) == covered:
            if found and found[-1][1] == a:
                found[-1] = (found[-1][0], b)
            else:
                found.append((a, b))
    return found


def cell_measures(rows: list[Access], cell: int, duration_s: float, folds: int) -> dict[str, object]:
    accesses, gaps = runs(rows, cell, duration_s, True), runs(rows, cell, duration_s, False)
    lengths = [b - a for a, b in gaps]
    interior = [b - a for a, b in gaps if a > 0.0 and b < duration_s]
    parts = stretches(rows, cell, duration_s)
    nan = float("nan")
    return {
        "covered_s": sum(b - a for a, b in accesses),
        "covered_fraction": sum(b - a for a, b in accesses) / duration_s,
        "mean_fold": sum((b - a) * len(who) for a, b, who in parts) / duration_s,
        "max_fold": max(len(who) for _, _, who in parts),
        "fold_fraction": [sum(b - a for a, b, who in parts if len(who) > k) / duration_s for k in range(folds)],
        "accesses": len(accesses),
        "mean_access_s": sum(b - a for a, b in accesses) / len(accesses) if accesses else nan,
        "max_access_s": max((b - a for a, b in accesses), default=nan),
        "gaps": len(gaps),
        "max_gap_s": max(lengths, default=0.0),
        "mean_gap_s": sum(lengths) / len(gaps) if gaps else 0.0,
        "interior_gaps": len(interior),
        "max_revisit_s": max(interior, default=nan),
        "mean_revisit_s": sum(interior) / len(interior) if interior else nan,
        "time_average_gap_s": sum(g * g for g in lengths) / duration_s,
        "mean_response_s": sum(g * g for g in lengths) / (2.0 * duration_s),
        "max_response_s": max(lengths, default=0.0),
        "first_seen_s": accesses[0][0] if accesses else nan,
    }


def objects_own(rows: list[Access], cell: int, duration_s: float) -> list[tuple[float, float]]:
    """Each object's own accesses to a cell, joined."""
    return [
        run
        for who in {row[0] for row in rows}
        for run in runs([row for row in rows if row[0] == who], cell, duration_s, True)
    ]


def region_value(
    rows: list[Access], inside: set[int], measure: str, areas, duration_s: float, limit_s: float = 0.0
) -> float:
    """A measure of a coalition over the region."""
    held = [row for row in rows if row[0] in inside]
    cells = [cell_measures(held, cell, duration_s, 1) for cell in range(len(areas))]
    if measure in ("max_gap_s", "max_response_s"):
        return max(float(cell["max_gap_s"]) for cell in cells)
    values = {
        "seen_fraction": [float(cell["accesses"] > 0) for cell in cells],
        "satisfied_fraction": [float(cell["max_gap_s"] <= limit_s) for cell in cells],
        "mean_max_gap_s": [cell["max_gap_s"] for cell in cells],
    }.get(measure) or [cell[measure] for cell in cells]
    return float(np.dot(areas, values) / np.sum(areas))


def shapley_by_orders(value_of, players: int) -> list[float]:
    """Shapley values by walking through every order of joining."""
    found = [0.0] * players
    for order in permutations(range(players)):
        inside: set[int] = set()
        before = value_of(inside)
        for player in order:
            inside = inside | {player}
            after = value_of(inside)
            found[player] += (after - before) / factorial(players)
            before = after
    return found


def subsets(players: int) -> list[set[int]]:
    """All subsets, player i in subset s when bit i of s is set."""
    return [{i for i in range(players) if bits[players - 1 - i]} for bits in product([0, 1], repeat=players)]
