"""`find_accesses`: when each object of a fleet can see each cell of a region, under an access rule.

Edges are those of the element set to a millisecond where the margin crosses zero steeply; how far the element set is
from the satellite is another matter. Geometry: cells on the WGS84 ellipsoid at height 0, ITRS with UT1 and polar
motion, no refraction, no light time, the Sun's direction to about 0.01 deg. An access is a chance to look, no promise.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits import ElementSets, InvalidValue, TimeSpan
from orbits.arrays import Floats, Integers, aligned_zeros
from orbits.earth_orientation import EarthOrientation
from orbits.frames import geodetic_to_itrs_km
from orbits.jit import core_count, in_slices
from orbits.sgp4_core import STATUS_TEXT, initialise
from orbits.sgp4_core.initialisation import statuses_at
from orbits.sgp4_core.track_kernels import SEGMENT_NUMBERS, TABLE_STEPS, TRACK_SCRATCH, track_room
from orbits.sunlight import sun_teme_km
from orbits.times import Instants
from ssa.access_kernels import CODE, FIRST
from ssa.coverage.access_search_kernels import CHUNK, SEARCH_SPACE, STATE_ROWS, find_accesses_kernel
from ssa.coverage.cell_blocks import cell_blocks, cells_in_lanes
from ssa.coverage.interval_columns import dealt_by_cell
from ssa.coverage.intervals import AccessIntervals
from ssa.elevation_mask_kernels import MASK, POLE_X, POLE_Y
from ssa.near_margin_kernels import NEAR_WIDTH, lay_near_programs_kernel
from ssa.passes import FailedObject, sidereal_turns
from ssa.regions import CellGrid
from ssa.sensors import AccessRule, compiled, for_access

MAX_SPAN_DAYS = 31.0
_FIRST_ACCESSES = 65_536
_NEAREST_POLE_DEG = 90.0 - 1.0e-7


@dataclass(frozen=True, eq=False)
class Accesses:
    """Accesses of a fleet to a region: rows of `intervals` count the element sets and the cells handed in.

    `failed` lists objects without states at an end of the window, with SGP4's reason; what they see elsewhere is there.
    """

    intervals: AccessIntervals
    failed: tuple[FailedObject, ...]
    caveats: tuple[str, ...]


def find_accesses(
    elements: ElementSets,
    cells: CellGrid,
    rules: AccessRule | Sequence[AccessRule],
    span: TimeSpan,
    *,
    orientation: EarthOrientation | None = None,
    threads: int | None = None,
    report: Callable[[float], None] | None = None,
) -> Accesses:
    """Every access of every object to every cell within `span`, under one rule or one rule per object.

    Rules without a horizon of their own get one (`for_access`). `report` is told the share done, 0 to 1. Raises
    `InvalidValue` for spans above 31 days and for a number of rules that is neither one nor that of the objects.

    Memory: about 70 bytes an access at most, and 2 MB a thread and day of span. Source of the method:
    `access_search_kernels`.
    """
    if span.duration_s > MAX_SPAN_DAYS * 86400.0:
        raise InvalidValue("hours", span.duration_s / 3600.0, f"more than {MAX_SPAN_DAYS * 24:.0f} h; ask in parts")
    each: list[AccessRule] = [rules] * len(elements) if isinstance(rules, AccessRule) else list(rules)
    if len(each) != len(elements):
        raise InvalidValue("rules", len(each), f"must be one, or one for each of the {len(elements)} objects")
    earth = orientation or EarthOrientation.bundled()
    parts, order = _search(elements, cells, each, span, earth, threads or core_count(), report)
    object_row, cell_row, starts, ends = dealt_by_cell(parts, order, threads)
    intervals = AccessIntervals(
        object_row=object_row,
        cell_row=cell_row,
        start_s=starts,
        end_s=ends,
        cut_at_start=starts <= 0.0,
        cut_at_end=ends >= span.duration_s,
        span=span,
        objects=len(elements),
        cell_area_km2=cells.area_km2 if cells.area_km2 is not None else cells.weights,
    )
    return Accesses(intervals=intervals, failed=_failed(elements, span), caveats=_caveats(earth, span))


def _search(
    elements: ElementSets, cells: CellGrid, rules: list[AccessRule], span: TimeSpan, earth: EarthOrientation,
    threads: int, report: Callable[[float], None] | None,
) -> tuple[list[Floats], Integers]:  # fmt: skip
    """Accesses in the order of the objects, (k, 4) each, cells numbered by blocks; and each block cell's own row."""
    records = initialise(elements)
    known: dict[Any, Floats] = {}
    programs = [known.setdefault(rule, compiled(for_access(rule))) for rule in rules]
    first_row = np.cumsum([0, *(len(program) for program in programs)], dtype=np.int64)
    stacked = np.concatenate(programs) if programs else np.empty((0, 16))
    columns, cap = cell_columns(cells, span, earth)
    masked = stacked[:, CODE] == MASK
    stacked[np.ix_(masked, [FIRST + POLE_X, FIRST + POLE_Y])] = _turned_pole(span, earth)
    near = np.empty((len(stacked), NEAR_WIDTH))
    lay_near_programs_kernel(stacked, near)
    order, blocks = cell_blocks(columns[:, 6:])
    columns = np.ascontiguousarray(columns[order])
    lanes = cells_in_lanes(columns, blocks)
    turns = sidereal_turns(span, earth)
    hours = np.arange(int(span.duration_s // 3600.0) + 2) * 3600.0
    sun = sun_teme_km(Instants.after(span.start, hours), earth)
    sun /= np.linalg.norm(sun, axis=1, keepdims=True)
    segments = track_room(span.duration_s)
    parts: dict[int, list[Floats]] = {}
    done, lock = [0], threading.Lock()

    def work(first: int, last: int) -> None:
        space = (
            aligned_zeros(TRACK_SCRATCH), aligned_zeros(segments * SEGMENT_NUMBERS), np.empty(segments, dtype=np.uint8),
            aligned_zeros(6, segments * TABLE_STEPS), np.empty((CHUNK, STATE_ROWS)), np.empty(SEARCH_SPACE),
        )  # fmt: skip
        progress = np.zeros(2, dtype=np.int64)
        room = _FIRST_ACCESSES
        mine: list[Floats] = []
        while progress[0] < last - first:
            before = int(progress[0])
            found = np.empty((room, 4))
            find_accesses_kernel(
                records[first:last], span.start.jd_day, span.start.day_fraction, span.duration_s, turns, sun, stacked,
                first_row[first : last + 1], near, columns, blocks, lanes, cap, *space, found, progress,
            )  # fmt: skip
            kept = found[: progress[1]].copy()
            kept[:, 0] += first
            mine.append(kept)
            if progress[0] == before:
                room *= 4  # one object alone has more accesses than there is room for
            with lock:
                done[0] += int(progress[0]) - before
                if report is not None:
                    report(done[0] / len(records))
        parts[first] = mine

    in_slices(work, len(records), threads, slices=min(len(records), 8 * threads))
    return [found for first in sorted(parts) for found in parts[first]], order


def cell_columns(cells: CellGrid, span: TimeSpan, earth: EarthOrientation) -> tuple[Floats, Floats]:
    """Cells as the kernel wants them (c, 9), polar motion put into them, and the cap (4,) that holds them all."""
    # a centimetre from a pole, where azimuths still tell longitudes apart
    latitude = np.radians(np.clip(cells.latitude_deg, -_NEAREST_POLE_DEG, _NEAREST_POLE_DEG))
    longitude = np.radians(cells.longitude_deg)
    up = np.column_stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])
    position = geodetic_to_itrs_km(cells.latitude_deg, cells.longitude_deg, np.zeros(len(cells)))
    pole_x, pole_y = _pole_rad(span, earth)

    def unpole(vectors: Floats) -> Floats:
        x, y, z = vectors.T
        return np.column_stack([x - pole_x * z, y + pole_y * z, z + pole_x * x - pole_y * y])

    position, up = unpole(position), unpole(up)
    radial = position / np.linalg.norm(position, axis=1, keepdims=True)
    centre = radial.mean(axis=0)
    size = float(np.linalg.norm(centre))
    angle = np.pi
    if size > 1e-6:
        centre = centre / size
        angle = float(np.arccos(np.clip((radial @ centre).min(), -1.0, 1.0))) + 1e-6
    return np.ascontiguousarray(np.column_stack([position, up, radial])), np.array([*centre, angle])


def _pole_rad(span: TimeSpan, earth: EarthOrientation) -> tuple[float, float]:
    middle = Instants.after(span.start, [span.duration_s / 2.0])
    pole_x, pole_y = earth.polar_motion_rad(middle.jd_day, middle.day_fraction)
    return float(pole_x[0]), float(pole_y[0])


def _turned_pole(span: TimeSpan, earth: EarthOrientation) -> tuple[float, float]:
    """Where the pole of the cells' latitudes stands after `cell_columns` has turned them, in x and y."""
    pole_x, pole_y = _pole_rad(span, earth)
    return -pole_x, pole_y


def _failed(elements: ElementSets, span: TimeSpan) -> tuple[FailedObject, ...]:
    """Objects that SGP4 cannot propagate at an end of the window."""
    records = initialise(elements)
    at_start, at_end = statuses_at(records, span.start), statuses_at(records, span.end)
    worst = np.where(at_start != 0, at_start, at_end)
    return tuple(
        FailedObject(
            norad_id=int(elements.norad_id[row]),
            name=str(elements.name[row]),
            status=int(worst[row]),
            reason=STATUS_TEXT.get(int(worst[row]), "no state"),
            since=None,
            until=None,
        )
        for row in np.flatnonzero(worst)
    )


def _caveats(earth: EarthOrientation, span: TimeSpan) -> tuple[str, ...]:
    said = [
        "An access is a chance to look, not a promise: tasking, duty cycle, weather and what an operator shares are "
        "not in it.",
        "Cells lie on the WGS84 ellipsoid: no terrain, refraction or light time.",
    ]
    orientation = earth.caveat(span.end)
    return (*said, orientation) if orientation else tuple(said)
