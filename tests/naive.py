"""Slow plain twins: each kernel's answer computed the obvious way, to compare with."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, GroundSite, HorizonMask, Instants, TimeSpan, look_at, propagate, teme_to_itrs


def intervals_above_mask(
    elements: ElementSets, site: GroundSite, span: TimeSpan, mask: HorizonMask, step_s: float = 1.0
) -> list[tuple[float, float]]:
    """Start and end (s after the span's start) of each run of samples above the mask, one object, every `step_s`."""
    seconds = np.arange(0.0, span.duration_s + 1e-9, step_s)
    states = propagate(elements, Instants.after(span.start, seconds))
    look = look_at(teme_to_itrs(states), site)
    above = np.nan_to_num(look.elevation_deg[0], nan=-90.0) >= np.asarray(mask.at(np.nan_to_num(look.azimuth_deg[0])))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], above.astype(int), [0]])))
    return [(float(seconds[a]), float(seconds[b - 1])) for a, b in edges.reshape(-1, 2)]
