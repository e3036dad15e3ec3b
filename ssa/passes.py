"""Pass windows: when satellites rise, culminate and set over sites on the ground.

Every pass above the mask is found, however short, and none is invented: the search runs on SGP4 itself and skips only
where the geometry forbids a pass (see `passes_kernels`). Times are those of the element set to better than a
millisecond; how far the element set is from the satellite is another matter, and every time carries a plus-minus for it
(`element_error_km`). Geometry: WGS84 site, ITRS with UT1 and polar motion, no refraction, no light time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits import ElementSets, Instant, InvalidValue, TimeSpan
from orbits.arrays import Booleans, Floats, Integers, aligned_zeros
from orbits.earth_orientation import EarthOrientation
from orbits.jit import core_count, in_slices
from orbits.sgp4_core import STATUS_TEXT, initialise
from orbits.sgp4_core.initialisation import statuses_at
from orbits.sgp4_core.track_kernels import SEGMENT_NUMBERS, TABLE_STEPS, TRACK_SCRATCH, track_room
from orbits.sites import GroundSite, HorizonMask
from orbits.sunlight import sun_teme_km
from orbits.times import Instants
from ssa.element_error import error_growth
from ssa.horizon_mask_kernels import split_by_mask_kernel
from ssa.pass_columns_kernels import (
    CULMINATION_S,
    CUT_AT_END,
    CUT_AT_START,
    FLAGS,
    OBJECT,
    PLUS_MINUS_S,
    RISE_S,
    SET_S,
    SITE,
    SITE_IS_DARK,
    SUN_STEP_S,
    SUNLIT,
    look_kernel,
    passes_of_events_kernel,
)
from ssa.passes_kernels import (
    FAILED,
    FAILED_UNTIL,
    LOOK_NUMBERS,
    SITE_RECORD,
    find_events_kernel,
)  # fmt: skip
from ssa.sky_vector_kernels import WORD

MAX_SPAN_DAYS = 31.0
_FIRST_EVENTS = 8192  # with their looks 800 kB, which stay in the second-level cache


@dataclass(frozen=True)
class SkyPoint:
    """Where a satellite stands in a site's sky at an instant."""

    time: Instant
    azimuth_deg: float
    elevation_deg: float
    range_km: float
    range_rate_km_s: float


@dataclass(frozen=True)
class PassWindow:
    """One pass of one object over one site.

    `rise` and `set` are the window's ends where `cut_at_start` or `cut_at_end` is true. `culmination` is the highest
    point; `other_culminations` are lower local maxima (eccentric and geosynchronous orbits have them). `sunlit` and
    `site_is_dark` hold at the culmination. `time_plus_minus_s` is one sigma of rise and set from the elements' age.
    """

    norad_id: int
    name: str
    site: str
    rise: SkyPoint
    culmination: SkyPoint
    set: SkyPoint
    other_culminations: tuple[SkyPoint, ...]
    cut_at_start: bool
    cut_at_end: bool
    elements_age_days: float
    sunlit: bool
    site_is_dark: bool
    time_plus_minus_s: float

    @property
    def duration_s(self) -> float:
        return self.set.time.seconds_since(self.rise.time)


@dataclass(frozen=True)
class FailedObject:
    """An object without states in part of the window: SGP4's status and the time from (or until) which it fails."""

    norad_id: int
    name: str
    status: int
    reason: str
    since: Instant | None
    until: Instant | None


@dataclass(frozen=True, eq=False)
class Passes:
    """All passes as columns (p,), in the order of objects, then sites, then time.

    `rise_s`, `culmination_s`, `set_s` count from `span.start`. `looks` (p, 3, 4) holds azimuth (deg), elevation (deg),
    range (km) and range rate (km/s) at rise, culmination and set. `extra_*` list the lower culminations.
    """

    elements: ElementSets
    sites: tuple[GroundSite, ...]
    span: TimeSpan
    mask: HorizonMask
    object_row: Integers
    site_row: Integers
    rise_s: Floats
    culmination_s: Floats
    set_s: Floats
    cut_at_start: Booleans
    cut_at_end: Booleans
    looks: Floats
    sunlit: Booleans
    site_is_dark: Booleans
    time_plus_minus_s: Floats
    extra_pass: Integers
    extra_s: Floats
    extra_looks: Floats
    failed: tuple[FailedObject, ...]
    caveats: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rise_s)

    def __iter__(self) -> Iterator[PassWindow]:
        return (self.window(row) for row in range(len(self)))

    def in_order_of_rise(self) -> Integers:
        """Rows sorted by rise, then by catalogue number."""
        return np.lexsort((self.elements.norad_id[self.object_row], self.rise_s))

    def window(self, row: int) -> PassWindow:
        """One row as a value."""
        at = int(self.object_row[row])
        extra = range(*np.searchsorted(self.extra_pass, [row, row + 1]))
        age_days = self.span.start.plus_s(float(self.culmination_s[row])).days_since(self.elements.epoch(at))
        rise, culmination, sets = (
            self._point(float(seconds[row]), self.looks[row, place])
            for place, seconds in enumerate((self.rise_s, self.culmination_s, self.set_s))
        )
        return PassWindow(
            norad_id=int(self.elements.norad_id[at]),
            name=str(self.elements.name[at]),
            site=self.sites[int(self.site_row[row])].name,
            rise=rise,
            culmination=culmination,
            set=sets,
            other_culminations=tuple(self._point(float(self.extra_s[k]), self.extra_looks[k]) for k in extra),
            cut_at_start=bool(self.cut_at_start[row]),
            cut_at_end=bool(self.cut_at_end[row]),
            elements_age_days=age_days,
            sunlit=bool(self.sunlit[row]),
            site_is_dark=bool(self.site_is_dark[row]),
            time_plus_minus_s=float(self.time_plus_minus_s[row]),
        )

    def _point(self, seconds: float, look: Floats) -> SkyPoint:
        return SkyPoint(self.span.start.plus_s(seconds), *(float(value) for value in look))


def find_passes(
    elements: ElementSets,
    sites: GroundSite | Sequence[GroundSite],
    span: TimeSpan,
    *,
    mask: HorizonMask | float = 10.0,
    orientation: EarthOrientation | None = None,
    threads: int | None = None,
) -> Passes:
    """Every pass of every object over every site within `span`, above `mask` (degrees, or by azimuth).

    Passes under way at an end of the span are returned, cut there. Objects that SGP4 cannot propagate for a part of
    the span are listed in `failed` with their status; their passes elsewhere in the span are returned. Raises
    `InvalidValue` for spans above 31 days and for an empty list of sites.

    Source of the method: conservative advancement; `reference` tests name the independent searches it agrees with.
    """
    places = (sites,) if isinstance(sites, GroundSite) else tuple(sites)
    if not places:
        raise InvalidValue("sites", "none", "give at least one site")
    refuse_twice(places)
    if span.duration_s > MAX_SPAN_DAYS * 86400.0:
        raise InvalidValue("hours", span.duration_s / 3600.0, f"more than {MAX_SPAN_DAYS * 24:.0f} h; ask in parts")
    horizon = mask if isinstance(mask, HorizonMask) else HorizonMask.level(mask)
    earth = orientation or EarthOrientation.bundled()
    search = _Search(elements, places, span, horizon, earth, threads or core_count())
    return search.run()


def refuse_twice(sites: Sequence[GroundSite]) -> None:
    """Raise `InvalidValue` when a site is given twice."""
    seen: set[GroundSite] = set()
    for site in sites:
        if site in seen:
            raise InvalidValue("site", site.name, "is given twice; its passes would be counted twice")
        seen.add(site)


class _Search:
    """One search: what its steps share."""

    def __init__(
        self, elements: ElementSets, sites: tuple[GroundSite, ...], span: TimeSpan, mask: HorizonMask,
        earth: EarthOrientation, threads: int,
    ) -> None:  # fmt: skip
        self.elements, self.sites, self.span, self.mask, self.earth = elements, sites, span, mask, earth
        self.threads = threads
        self.records = initialise(elements)
        self.turns = sidereal_turns(span, earth)
        middle = Instants.after(span.start, [span.duration_s / 2.0])
        pole_x, pole_y = earth.polar_motion_rad(middle.jd_day, middle.day_fraction)
        self.places = _site_records(sites, mask.lowest_deg, float(pole_x[0]), float(pole_y[0]))
        self.start = (span.start.jd_day, span.start.day_fraction)
        self.growth = error_growth(elements)
        seconds = np.arange(int(span.duration_s // SUN_STEP_S) + 2) * SUN_STEP_S
        self.sun = sun_teme_km(Instants.after(span.start, seconds), earth)

    def run(self) -> Passes:
        parts: dict[int, list[_Columns]] = {}
        failures: dict[int, list[Floats]] = {}

        def work(first: int, last: int) -> None:
            parts[first], failures[first] = [], []
            for events, looks in self._events(first, last):
                columns, has_failures = self._columns(events, looks)
                parts[first].append(columns)
                if has_failures:
                    failures[first].append(events[(events[:, 2] == FAILED) | (events[:, 2] == FAILED_UNTIL)])

        in_slices(work, len(self.records), self.threads, slices=16 * self.threads)
        columns = _joined([columns for first in sorted(parts) for columns in parts.pop(first)], self.threads)
        return Passes(
            elements=self.elements, sites=self.sites, span=self.span, mask=self.mask,
            object_row=columns.rows[OBJECT], site_row=columns.rows[SITE],
            rise_s=columns.times[RISE_S], culmination_s=columns.times[CULMINATION_S], set_s=columns.times[SET_S],
            cut_at_start=columns.flags[CUT_AT_START], cut_at_end=columns.flags[CUT_AT_END],
            looks=columns.looks.reshape(-1, 3, 4), sunlit=columns.flags[SUNLIT],
            site_is_dark=columns.flags[SITE_IS_DARK], time_plus_minus_s=columns.times[PLUS_MINUS_S],
            extra_pass=columns.extra_pass, extra_s=columns.extras[:, 0].copy(),
            extra_looks=columns.extras[:, 1:].copy(),
            failed=self._failed([event for first in sorted(failures) for some in failures[first] for event in some]),
            caveats=self._caveats(),
        )  # fmt: skip

    def _events(self, first: int, last: int) -> Iterator[tuple[Floats, Floats]]:
        """Events (m, 4) and looks (m, LOOK_NUMBERS) of a run of objects, some pairs at a time, in their order."""
        progress = np.zeros(2, dtype=np.int64)
        segments = track_room(self.span.duration_s)
        states = -(-segments * TABLE_STEPS // WORD) * WORD
        track = (
            aligned_zeros(TRACK_SCRATCH), aligned_zeros(segments * SEGMENT_NUMBERS), np.empty(segments, dtype=np.uint8),
            aligned_zeros(6, states), np.empty((4, states // WORD + 1), dtype=np.int64),
        )  # fmt: skip
        events, looks = np.empty((_FIRST_EVENTS, 4)), np.empty((_FIRST_EVENTS, LOOK_NUMBERS))
        while progress[0] < (last - first) * len(self.places):
            done = int(progress[0])
            find_events_kernel(
                self.records[first:last], self.places, *self.start, self.span.duration_s, self.turns,
                self.growth[first:last], *track, events, looks, progress,
            )  # fmt: skip
            if progress[0] == done:  # one pair alone has more events than there is room for
                events, looks = np.empty((4 * len(events), 4)), np.empty((4 * len(events), LOOK_NUMBERS))
                continue
            found = events[: progress[1]]
            found[:, 0] += first
            if self.mask.is_level:
                yield found, looks[: len(found)]
            else:
                split = self._split_by_mask(found)
                looks_of_split = np.empty((len(split), LOOK_NUMBERS))
                look_kernel(self.records, self.places, *self.start, self.turns, self.growth, split, looks_of_split)
                yield split, looks_of_split

    def _columns(self, events: Floats, looks: Floats) -> tuple[_Columns, bool]:
        """The passes of some pairs; whether there are failures among their events."""
        room = len(events) // 2
        columns = _Columns(
            np.empty((2, room), dtype=np.int64), np.empty((4, room)), np.empty((room, 12)),
            np.empty((FLAGS, room), dtype=bool), np.empty(len(events), dtype=np.int64), np.empty((len(events), 5)),
        )  # fmt: skip
        counts = np.empty(3, dtype=np.int64)
        passes_of_events_kernel(
            self.places, self.turns, self.sun, events, looks, columns.rows, columns.times, columns.looks,
            columns.flags.view(np.uint8), columns.extra_pass, columns.extras, counts,
        )  # fmt: skip
        passes, others, failures = (int(count) for count in counts)
        return _Columns(
            columns.rows[:, :passes], columns.times[:, :passes], columns.looks[:passes], columns.flags[:, :passes],
            columns.extra_pass[:others].copy(), columns.extras[:others].copy(),
        ), failures > 0  # fmt: skip

    def _split_by_mask(self, events: Floats) -> Floats:
        azimuths = np.radians([azimuth for azimuth, _ in self.mask.points])
        elevations = np.radians([elevation for _, elevation in self.mask.points])
        room = 4 * len(events) + 64
        while True:
            split = np.empty((room, 4))
            progress = np.zeros(1, dtype=np.int64)
            split_by_mask_kernel(
                self.records, self.places, *self.start, self.turns, azimuths, elevations, events, split, progress
            )
            if progress[0] <= room:
                return split[: progress[0]]
            room = int(progress[0])

    def _failed(self, events: list[Floats]) -> tuple[FailedObject, ...]:
        listed: dict[int, FailedObject] = {}
        for row, _, kind, seconds in events:
            at = int(row)
            if at in listed:
                continue
            from_start = kind == FAILED_UNTIL
            when = self.span.start.plus_s(float(seconds))
            status = int(statuses_at(self.records[at : at + 1], when.plus_s(-0.05 if from_start else 0.05))[0])
            listed[at] = FailedObject(
                norad_id=int(self.elements.norad_id[at]), name=str(self.elements.name[at]), status=status,
                reason=STATUS_TEXT.get(status, "no state"),
                since=None if from_start else when, until=when if from_start else None,
            )  # fmt: skip
        return tuple(listed[at] for at in sorted(listed))

    def _caveats(self) -> tuple[str, ...]:
        said = [
            "Element sets are good to about 1 km at epoch and lose accuracy with age: time_plus_minus_s is one sigma "
            "of rise and set, assumed from age and kind of orbit.",
            "Geometric elevation over the WGS84 horizon: no refraction, light time or terrain.",
        ]
        orientation = self.earth.caveat(self.span.end)
        return (*said, orientation) if orientation else tuple(said)


@dataclass(frozen=True, eq=False)
class _Columns:
    """Passes as `passes_of_events_kernel` writes them."""

    rows: Integers
    times: Floats
    looks: Floats
    flags: Booleans
    extra_pass: Integers
    extras: Floats


def _joined(parts: list[_Columns], threads: int) -> _Columns:
    """The passes of all parts, in order, copied side by side; `parts` is emptied."""
    passes = np.cumsum([0, *(len(part.looks) for part in parts)])
    others = np.cumsum([0, *(len(part.extra_pass) for part in parts)])
    total, total_others = int(passes[-1]), int(others[-1])
    joined = _Columns(
        np.empty((2, total), dtype=np.int64), np.empty((4, total)), np.empty((total, 12)),
        np.empty((FLAGS, total), dtype=bool), np.empty(total_others, dtype=np.int64), np.empty((total_others, 5)),
    )  # fmt: skip

    def work(first: int, last: int) -> None:
        for number in range(first, last):
            part, here = parts[number], slice(passes[number], passes[number + 1])
            joined.rows[:, here], joined.times[:, here], joined.looks[here] = part.rows, part.times, part.looks
            joined.flags[:, here] = part.flags
            there = slice(others[number], others[number + 1])
            joined.extra_pass[there], joined.extras[there] = part.extra_pass + passes[number], part.extras

    in_slices(work, len(parts), threads)
    return joined


def sidereal_turns(span: TimeSpan, earth: EarthOrientation) -> Floats:
    """The Earth's angle, unwrapped, at the start and every 86,400 s after it, one day past the end."""
    days = np.arange(int(span.duration_s // 86400.0) + 2)
    times = Instants.after(span.start, days * 86400.0)
    angle = earth.sidereal_angle_rad(times.jd_day, times.day_fraction)
    # a day is one turn and 0.0172 rad of the year
    return np.asarray(2.0 * np.pi * days + np.unwrap(angle))


def _site_records(sites: tuple[GroundSite, ...], mask_deg: float, pole_x_rad: float, pole_y_rad: float) -> Any:
    """Sites in the axes that only the sidereal angle turns: the inverse of polar motion is applied to them."""

    def unpole(vector: Floats) -> tuple[float, float, float]:
        x, y, z = vector
        return x - pole_x_rad * z, y + pole_y_rad * z, z + pole_x_rad * x - pole_y_rad * y

    records = np.zeros(len(sites), dtype=SITE_RECORD)
    for record, site in zip(records, sites, strict=True):
        position, (east, north, up) = site.position_itrs_km, site.enu_axes
        radius = float(np.linalg.norm(position))
        for axis, vector in (("", position), ("east_", east), ("north_", north), ("up_", up)):
            for letter, value in zip("xyz", unpole(vector), strict=True):
                record[f"{axis}{letter}" if axis else f"{letter}_km"] = value
        record["radius_km"] = radius
        record["mask_rad"] = np.radians(mask_deg)
        record["sin_mask"] = np.sin(np.radians(mask_deg))
        record["deflection_rad"] = np.arccos(min(1.0, float(position @ up) / radius)) + 1e-6
    records.flags.writeable = False
    return records
