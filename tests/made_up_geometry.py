"""Access geometries drawn at random for tests: satellites from low orbit to GEO, targets in view and anywhere."""

from __future__ import annotations

import numpy as np

from ssa.sensors import AccessGeometry


def drawn(seed: int, count: int = 200, *, visible: float = 0.8) -> AccessGeometry:
    """`count` geometries; about a share `visible` of the targets lies near the point below the satellite."""
    rng = np.random.default_rng(seed)

    def directions() -> np.ndarray:
        found = rng.normal(size=(count, 3))
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    outward = directions()
    radius = rng.choice([6800.0, 7078.0, 8400.0, 26560.0, 42164.0], count) + rng.uniform(0, 100, count)
    satellite = outward * radius[:, None]
    velocity = np.cross(outward, directions()) * 7.0 + outward * rng.uniform(-0.5, 0.5, (count, 1))
    reach = np.arccos(6378.0 / radius) * np.sqrt(rng.uniform(0, 1.2, count))
    beside = np.cross(outward, directions())
    beside /= np.linalg.norm(beside, axis=1, keepdims=True)
    near = outward * np.cos(reach)[:, None] + beside * np.sin(reach)[:, None]
    place = np.where(rng.uniform(size=(count, 1)) < visible, near, directions())
    return AccessGeometry.of(
        satellite,
        velocity,
        latitude_deg=np.degrees(np.arcsin(place[:, 2])),
        longitude_deg=np.degrees(np.arctan2(place[:, 1], place[:, 0])),
        altitude_km=rng.uniform(-0.4, 5.0, count),
        sun_direction_itrs=directions(),
    )
