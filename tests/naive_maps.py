"""Slow plain twin of the coverage map: every satellite against every cell at every step, by vectors."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, TimeGrid, propagate, teme_to_itrs
from orbits.arrays import Booleans, Floats, Integers
from orbits.frames import geodetic_to_itrs_km, itrs_to_geodetic
from ssa.coverage.map_rules import NadirRule
from ssa.regions import LatLonGrid


def seen_by_each(position_itrs_km: Floats, rule: NadirRule, grid: LatLonGrid) -> Booleans:
    """Whether each satellite (n, 3) sees each cell: (n, rows, columns)."""
    latitude, longitude = np.meshgrid(grid.latitude_deg, grid.longitude_deg, indexing="ij")
    ground = geodetic_to_itrs_km(latitude, longitude, 0.0)
    f, g = np.radians(latitude), np.radians(longitude)
    up = np.stack([np.cos(f) * np.cos(g), np.cos(f) * np.sin(g), np.sin(f)], axis=-1)
    seen = np.zeros((len(position_itrs_km), *grid.shape), dtype=bool)
    for row, satellite in enumerate(position_itrs_km):
        line = satellite - ground
        distance = np.linalg.norm(line, axis=-1)
        sine = (line * up).sum(axis=-1) / distance
        if rule.min_elevation_deg is not None:
            seen[row] = sine >= np.sin(np.radians(rule.min_elevation_deg))
            if rule.max_elevation_deg is not None:
                seen[row] &= sine < np.sin(np.radians(rule.max_elevation_deg))
            continue
        down = -satellite / np.linalg.norm(satellite)
        if rule.nadir == "geodetic":
            lat, lon, _ = (np.radians(value) for value in itrs_to_geodetic(satellite))
            down = -np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        cosine = (-line @ down) / distance
        seen[row] = (cosine >= np.cos(np.radians(rule.half_angle_deg or 0.0))) & (sine >= 0.0)
        if rule.min_half_angle_deg is not None:
            seen[row] &= cosine < np.cos(np.radians(rule.min_half_angle_deg))
    return seen


def map_counts(elements: ElementSets, times: TimeGrid, rule: NadirRule, grid: LatLonGrid) -> Integers:
    """How many objects see each cell at each step: (t, rows, columns)."""
    states = teme_to_itrs(propagate(elements, times, velocities=False))
    counts = np.zeros((len(times), *grid.shape), dtype=np.int64)
    for step in range(len(times)):
        here = states.position_itrs_km[:, step]
        counts[step] = seen_by_each(here[states.status[:, step] == 0], rule, grid).sum(axis=0)
    return counts


def longest_run_of_zeros(counts: Integers) -> Integers:
    """Along the first axis."""
    longest = np.zeros(counts.shape[1:], dtype=np.int64)
    run = longest.copy()
    for count in counts:
        run = np.where(count > 0, 0, run + 1)
        longest = np.maximum(longest, run)
    return longest
