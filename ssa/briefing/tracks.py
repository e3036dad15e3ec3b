"""Where the satellites that see most of a region go: for pictures, not for measurements.

Positions are SGP4's, in ITRS, on a grid. `reach_km` is how far from the point below it a satellite really looked at a
place of the region in the window: a round figure for the eye, with places taken to about 10 km.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import TimeGrid, TimeSpan, propagate
from orbits.arrays import Booleans, Floats, read_only
from orbits.constants import WGS84_RADIUS_KM
from orbits.frames import itrs_to_geodetic, teme_to_itrs
from ssa.coverage.looks import Looks
from ssa.coverage.question import Coverage
from ssa.sensors.geometry import up_at

MOST_TRACKS, TRACK_HOURS, STEP_S = 20, 24.0, 60.0
_MOST_ACCESSES = 2000  # of one satellite, whose geometry is looked at


@dataclass(frozen=True, eq=False)
class Track:
    """One satellite on a grid of times (t,): ITRS position (t, 3), the point below it, and where it has a state.

    `row` is its row of the fleet; `first_look_s` when it first sees part of the region, None in the drawn hours.
    """

    row: int
    norad_id: int
    name: str
    owner: str | None
    period_s: float
    position_itrs_km: Floats
    latitude_deg: Floats
    longitude_deg: Floats
    altitude_km: Floats
    usable: Booleans
    reach_km: float
    first_look_s: float | None

    def __post_init__(self) -> None:
        for name in ("position_itrs_km", "latitude_deg", "longitude_deg", "altitude_km"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))
        object.__setattr__(self, "usable", read_only(self.usable, np.bool_))


@dataclass(frozen=True, eq=False)
class Tracks:
    """The tracks, those that see most first, on `times`; `looking` satellites see the region at all."""

    times: TimeGrid
    tracks: tuple[Track, ...]
    looking: int


def tracks_of(found: Coverage, looks: Looks, *, most: int = MOST_TRACKS, hours: float = TRACK_HOURS) -> Tracks:
    """The `most` satellites whose looks see most of the region, over at most `hours` from the window's start."""
    length_s = min(found.span.duration_s, hours * 3600.0)
    times = TimeGrid.over(TimeSpan.of(found.span.start, hours=length_s / 3600.0), step_s=STEP_S)
    seen = np.bincount(looks.object_row, weights=looks.area_fraction, minlength=len(found.fleet))
    chosen = np.argsort(-seen, kind="stable")[:most]
    chosen = chosen[seen[chosen] > 0.0]
    looking = int((seen > 0.0).sum())
    if not len(chosen):
        return Tracks(times, (), looking)
    elements = found.fleet.objects.elements[chosen]
    states = teme_to_itrs(propagate(elements, times))
    latitude, longitude, altitude = itrs_to_geodetic(states.position_itrs_km)
    first = {int(row): float(start) for row, start in zip(looks.object_row[::-1], looks.start_s[::-1], strict=True)}
    tracks = []
    for place, row in enumerate(chosen.tolist()):
        usable = states.status[place] == 0
        look_s = first.get(row)
        tracks.append(Track(
            row=row, norad_id=int(elements.norad_id[place]), name=str(elements.name[place]),
            owner=found.fleet.objects.owner[row], period_s=float(elements.period_min[place]) * 60.0,
            position_itrs_km=states.position_itrs_km[place], latitude_deg=latitude[place],
            longitude_deg=longitude[place], altitude_km=altitude[place], usable=usable,
            reach_km=_reach_km(found, row, times.seconds, latitude[place], longitude[place], usable),
            first_look_s=look_s if look_s is not None and look_s <= length_s else None,
        ))  # fmt: skip
    return Tracks(times, tuple(tracks), looking)


def _reach_km(
    found: Coverage, row: int, seconds: Floats, latitude_deg: Floats, longitude_deg: Floats, usable: Booleans
) -> float:  # fmt: skip
    """The farthest ground distance at which the satellite had a cell in access, 99 of 100 accesses within."""
    intervals = found.intervals
    mine = np.flatnonzero((intervals.object_row == row) & (intervals.start_s < seconds[-1]))
    if not len(mine) or not usable.any():
        return 0.0
    mine = mine[:: max(1, len(mine) // _MOST_ACCESSES)]
    middle_s = (intervals.start_s[mine] + np.minimum(intervals.end_s[mine], seconds[-1])) / 2.0
    ups = up_at(latitude_deg[usable], longitude_deg[usable])
    below = np.column_stack([np.interp(middle_s, seconds[usable], ups[:, axis]) for axis in range(3)])
    below /= np.linalg.norm(below, axis=1, keepdims=True)
    cells = intervals.cell_row[mine]
    places = up_at(found.cells.latitude_deg[cells], found.cells.longitude_deg[cells])
    angles = np.arccos(np.clip((below * places).sum(axis=1), -1.0, 1.0))
    return round(float(np.quantile(angles, 0.99)) * WGS84_RADIUS_KM, 1)
