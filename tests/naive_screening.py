"""Approaches of all pairs by looking every few seconds: the slow plain twin of `ssa.conjunctions.screening`."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, TimeGrid, TimeSpan, propagate


def all_approaches(
    elements: ElementSets, span: TimeSpan, miss_km: float, *, step_s: float = 4.0
) -> list[tuple[int, int, float, float]]:
    """(row, row, seconds, km) of every local minimum below `miss_km` of the distance of a pair within the window.

    Squared distances at equal steps; a parabola through three gives the minimum, within metres for straight passes,
    the same from a finer grid about it until nothing changes.
    """
    count = int(span.duration_s / step_s) + 1
    states = propagate(elements, TimeGrid(start=span.start, step_s=step_s, count=count), velocities=False)
    position = np.where(np.isfinite(states.position_teme_km), states.position_teme_km, np.nan)
    found = []
    for one in range(len(elements)):
        for other in range(one + 1, len(elements)):
            squared = ((position[other] - position[one]) ** 2).sum(axis=1)
            before, now, after = squared[:-2], squared[1:-1], squared[2:]
            for k in np.flatnonzero((before > now) & (now <= after)).tolist():
                curvature = before[k] - 2.0 * now[k] + after[k]
                least = now[k] - (before[k] - after[k]) ** 2 / (8.0 * curvature)
                if least < (miss_km + 3.0) ** 2:
                    at, least_km = _refined(elements, span, one, other, (k + 1) * step_s, step_s)
                    if least_km <= miss_km and 0.0 <= at <= span.duration_s:
                        found.append((one, other, at, least_km))
    return found


def _refined(
    elements: ElementSets, span: TimeSpan, one: int, other: int, at: float, step_s: float
) -> tuple[float, float]:
    pair = elements[[one, other]]
    for _ in range(8):
        step_s /= 6.0
        grid = TimeGrid(start=span.start.plus_s(at - 8.0 * step_s), step_s=step_s, count=17)
        places = propagate(pair, grid, velocities=False).position_teme_km
        squared = ((places[1] - places[0]) ** 2).sum(axis=1)
        k = min(max(int(np.argmin(squared)), 1), 15)
        curvature = squared[k - 1] - 2.0 * squared[k] + squared[k + 1]
        shift = 0.5 * (squared[k - 1] - squared[k + 1]) / curvature if curvature > 0.0 else 0.0
        at += (k - 8 + shift) * step_s
        if step_s < 0.05:
            break
    least = squared[k] - (squared[k - 1] - squared[k + 1]) ** 2 / (8.0 * curvature)
    return at, float(np.sqrt(max(least, 0.0)))
