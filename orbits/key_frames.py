"""Key frames: states of many objects a step apart, small enough to send and smooth enough to interpolate.

Between two frames a cubic Hermite polynomial in each axis gives the position, Earth-fixed. With a step of 60 s it
stays within 1 m of SGP4 for low, medium and geostationary orbits (measured: 0.5 m; eccentric orbits at perigee: 1.2 m).
Velocities are the derivative of the position, by a central difference over one second, because SGP4's own are not:
with those the error is up to 7 m. Positions are Float32 offsets from a Float64 reference of each object, because
Float32 alone rounds a geostationary position by up to 2 m.

Source of the polynomial: Hermite interpolation, Burden and Faires, Numerical Analysis, section 3.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats, Integers, read_only
from orbits.elements import ElementSets
from orbits.frames import teme_to_itrs_km
from orbits.propagation import propagate
from orbits.times import Instants, TimeGrid

_HALF_S = 0.5  # of the central difference: its own error is 1e-4 m/s in low orbit, its rounding 1e-6 m/s


@dataclass(frozen=True, eq=False)
class KeyFrames:
    """States of n objects at k times, Earth-fixed; NaN where SGP4 gives none.

    `reference_itrs_km` (n, 3) Float64; `offset_itrs_km` (k, n, 3) and `velocity_itrs_km_s` (k, n, 3) Float32, the
    velocity relative to the turning Earth. A position is its reference and its offset together.
    """

    norad_id: Integers
    times: TimeGrid
    reference_itrs_km: Floats
    offset_itrs_km: npt.NDArray[np.float32]
    velocity_itrs_km_s: npt.NDArray[np.float32]

    def between(self, frame: int, part: float) -> Floats:
        """Positions (n, 3) in km at `part` (0 to 1) of the way from one frame to the next."""
        u, h = part, self.times.step_s
        p0, p1 = (self.offset_itrs_km[frame + k].astype(np.float64) for k in (0, 1))
        v0, v1 = (self.velocity_itrs_km_s[frame + k].astype(np.float64) for k in (0, 1))
        offset: Floats = (
            (2 * u**3 - 3 * u**2 + 1) * p0
            + (u**3 - 2 * u**2 + u) * h * v0
            + (3 * u**2 - 2 * u**3) * p1
            + (u**3 - u**2) * h * v1
        )
        return self.reference_itrs_km + offset


def key_frames(elements: ElementSets, times: TimeGrid, *, threads: int | None = None) -> KeyFrames:
    """The frames of every element set at every time of the grid.

    >>> from orbits.key_frames import key_frames
    >>> from orbits import ElementSets, TimeGrid
    >>> issue = b'''1 25544U 98067A   24305.58058399  .00035180  00000-0  60166-3 0  9990
    ... 2 25544  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479706'''
    >>> frames = key_frames(ElementSets.read(issue), TimeGrid(start="2024-11-01T00:00:00Z", step_s=60, count=3))
    >>> frames.offset_itrs_km.shape, frames.offset_itrs_km[0].tolist()
    ((3, 1, 3), [[0.0, 0.0, 0.0]])
    """
    around = Instants.after(times.start, (times.seconds[:, None] + [-_HALF_S, 0.0, _HALF_S]).ravel())
    teme = propagate(elements, around, velocities=False, threads=threads)
    itrs = _by_time(teme_to_itrs_km(teme.position_teme_km, around))
    before, position, after = itrs[0::3], itrs[1::3], itrs[2::3]
    reference = _first_known(position)
    return KeyFrames(
        norad_id=elements.norad_id,
        times=times,
        reference_itrs_km=read_only(reference, np.float64),
        offset_itrs_km=(position - reference).astype(np.float32),
        velocity_itrs_km_s=((after - before) / (2.0 * _HALF_S)).astype(np.float32),
    )


def _by_time(positions: Floats) -> Floats:
    return np.ascontiguousarray(np.moveaxis(positions, 1, 0))


def _first_known(position: Floats) -> Any:
    """The first finite position (n, 3) of each object over the frames (k, n, 3), NaN where there is none."""
    known = np.isfinite(position[..., 0])
    first = known.argmax(axis=0)
    return position[first, np.arange(position.shape[1])]
