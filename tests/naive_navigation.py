"""Slow plain twin of the dilutions: design matrix, inverse, square roots, one point and epoch at a time."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, GroundSite, TimeGrid, look_at, propagate, teme_to_itrs
from orbits.arrays import Floats

Dilutions = tuple[int, float, float, float, float, float]  # satellites, GDOP, PDOP, HDOP, VDOP, TDOP


def dilutions(
    elements: ElementSets, system: list[int], site: GroundSite, times: TimeGrid, mask_deg: float, own_clocks: bool
) -> list[Dilutions]:
    """One row for each epoch, NaN where there is no solution."""
    states = teme_to_itrs(propagate(elements, times))
    look = look_at(states, site)
    return [
        from_angles(look.azimuth_deg[:, k], look.elevation_deg[:, k], system, mask_deg, own_clocks)
        for k in range(len(times))
    ]


def from_angles(
    azimuth_deg: Floats, elevation_deg: Floats, system: list[int], mask_deg: float, own_clocks: bool = False
) -> Dilutions:
    """From azimuths and elevations (n,): east, north and up components make the design matrix."""
    up = np.flatnonzero(elevation_deg >= mask_deg)
    azimuth, elevation = np.radians(azimuth_deg[up]), np.radians(elevation_deg[up])
    lines = [np.cos(elevation) * np.sin(azimuth), np.cos(elevation) * np.cos(azimuth), np.sin(elevation)]
    seen = [system[row] for row in up]
    clocks = list(dict.fromkeys(seen)) if own_clocks else [None]
    columns = [*lines, *(np.array([clock is None or number == clock for number in seen], float) for clock in clocks)]
    design = np.stack(columns, axis=-1) if len(up) else np.zeros((0, 4))
    if len(up) < design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        return (len(up), *[float("nan")] * 5)
    q = np.linalg.inv(design.T @ design)
    position = float(np.trace(q[:3, :3]))
    return (
        len(up), np.sqrt(position + q[3, 3]), np.sqrt(position), np.sqrt(q[0, 0] + q[1, 1]), np.sqrt(q[2, 2]),
        np.sqrt(q[3, 3]),
    )  # fmt: skip
