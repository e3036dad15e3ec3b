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
from orbits.arrays import Booleans, Floats, Integers
from orbits.earth_orientation import EarthOrientation
from orbits.jit import core_count, in_slices
from orbits.sgp4_core import STATUS_TEXT, initialise
from orbits.sgp4_core.initialisation import statuses_at
from orbits.sgp4_core.track_kernels import SEGMENT_NUMBERS, TABLE_STEPS, TRACK_SCRATCH, track_room
from orbits.sites import GroundSite, HorizonMask
from orbits.sunlight import CIVIL_TWILIGHT_DEG, is_sunlit, sun_elevation_deg, sun_teme_km
from orbits.times import Instants
from ssa.element_error import element_error_km
from ssa.horizon_mask_kernels import split_by_mask_kernel
from ssa.passes_kernels import (
    CULMINATION,
    CUT_END,
    CUT_START,
    FAILED,
    FAILED_UNTIL,
    RISE,
    SET,
    SITE_RECORD,
    find_events_kernel,
    look_kernel,
)  # fmt: skip

MAX_SPAN_DAYS = 31.0
_FIRST_EVENTS = 4096


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

    def run(self) -> Passes:
        events = self._events()
        if not self.mask.is_level:
            events = self._split_by_mask(events)
        row, place = events[:, 0].astype(np.int64), events[:, 1].astype(np.int64)
        kind, seconds = np.ascontiguousarray(events[:, 2]), np.ascontiguousarray(events[:, 3])
        opens = np.flatnonzero((kind == RISE) | (kind == CUT_START))
        closes = np.flatnonzero((kind == SET) | (kind == CUT_END))
        peaks = np.flatnonzero(kind == CULMINATION)
        owner = np.searchsorted(opens, peaks, side="right") - 1

        looks, teme_km, plus_minus = self._look(row, place, seconds)
        # the highest of a pass's culminations, or of its ends where it has none
        candidates = np.concatenate([opens, closes, peaks])
        of_pass = np.concatenate([np.arange(len(opens)), np.arange(len(closes)), owner]).astype(np.int64)
        is_peak = np.concatenate([np.zeros(2 * len(opens)), np.ones(len(peaks))])
        order = np.lexsort((is_peak, looks[candidates, 1], of_pass))
        ends = np.append(np.flatnonzero(np.diff(of_pass[order])), len(order) - 1) if len(order) else order
        highest = candidates[order[ends]] if len(order) else np.empty(0, dtype=np.int64)
        lower = ~np.isin(peaks, highest)

        at = Instants.after(self.span.start, seconds[highest])
        sunlit = is_sunlit(teme_km[highest], sun_teme_km(at, self.earth)) if len(highest) else np.empty(0, dtype=bool)
        dark = np.zeros(len(highest), dtype=bool)
        for number, site in enumerate(self.sites):
            here = np.flatnonzero(place[highest] == number)
            if len(here):
                times = Instants(at.jd_day[here], at.day_fraction[here])
                dark[here] = sun_elevation_deg(site, times, self.earth) < CIVIL_TWILIGHT_DEG
        return Passes(
            elements=self.elements, sites=self.sites, span=self.span, mask=self.mask,
            object_row=row[opens], site_row=place[opens],
            rise_s=seconds[opens], culmination_s=seconds[highest], set_s=seconds[closes],
            cut_at_start=kind[opens] == CUT_START, cut_at_end=kind[closes] == CUT_END,
            looks=np.stack([looks[opens], looks[highest], looks[closes]], axis=1),
            sunlit=sunlit, site_is_dark=dark,
            time_plus_minus_s=np.maximum(plus_minus[opens], plus_minus[closes]),
            extra_pass=owner[lower], extra_s=seconds[peaks[lower]], extra_looks=looks[peaks[lower]],
            failed=self._failed(row, kind, seconds), caveats=self._caveats(),
        )  # fmt: skip

    def _events(self) -> Floats:
        """Events of all pairs (m, 4), in the order of objects, sites and time."""
        count = len(self.records)
        parts: dict[int, list[Floats]] = {}

        def work(first: int, last: int) -> None:
            progress = np.zeros(2, dtype=np.int64)
            room = _FIRST_EVENTS
            mine: list[Floats] = []
            pairs = (last - first) * len(self.places)
            segments = track_room(self.span.duration_s)
            track = (
                np.empty(TRACK_SCRATCH), np.empty(segments * SEGMENT_NUMBERS), np.empty(segments, dtype=np.uint8),
                np.empty((6, segments * TABLE_STEPS)),
            )  # fmt: skip
            while progress[0] < pairs:
                done = int(progress[0])
                events = np.empty((room, 4))
                find_events_kernel(
                    self.records[first:last],
                    self.places,
                    *self.start,
                    self.span.duration_s,
                    self.turns,
                    *track,
                    events,
                    progress,
                )
                found = events[: progress[1]]
                found[:, 0] += first
                mine.append(found)
                if progress[0] == done:
                    room *= 4  # one pair alone has more events than there is room for
            parts[first] = mine

        in_slices(work, count, self.threads, slices=16 * self.threads)
        joined = [events for first in sorted(parts) for events in parts[first]]
        return np.concatenate(joined) if joined else np.empty((0, 4))

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

    def _look(self, row: Integers, place: Integers, seconds: Floats) -> tuple[Floats, Floats, Floats]:
        """Azimuth, elevation (deg), range, range rate; TEME position; one sigma in seconds, at each event."""
        looks = np.empty((len(row), 9))

        def work(first: int, last: int) -> None:
            look_kernel(
                self.records, self.places, *self.start, self.turns, row[first:last], place[first:last],
                seconds[first:last], looks[first:last],
            )  # fmt: skip

        in_slices(work, len(row), self.threads)
        age = (
            (self.span.start.jd_day - self.elements.epoch_jd_day[row])
            + (self.span.start.day_fraction - self.elements.epoch_day_fraction[row])
            + seconds / 86400.0
        )
        error_km = element_error_km(self.elements, row, age)
        along_s = error_km / looks[:, 5]
        # a position error turns into an angle at the site, and the angle into time by the elevation's rate
        across_s = np.minimum(error_km / looks[:, 2] / np.maximum(np.abs(looks[:, 4]), 1e-12), 86400.0)
        plus_minus = np.where(np.isfinite(along_s), np.maximum(along_s, across_s), np.nan)
        degrees = np.column_stack([np.degrees(looks[:, 0]) % 360.0, np.degrees(looks[:, 1]), looks[:, 2], looks[:, 3]])
        return degrees, looks[:, 6:9], plus_minus

    def _failed(self, row: Integers, kind: Floats, seconds: Floats) -> tuple[FailedObject, ...]:
        listed: dict[int, FailedObject] = {}
        for event in np.flatnonzero((kind == FAILED) | (kind == FAILED_UNTIL)):
            at = int(row[event])
            if at in listed:
                continue
            from_start = kind[event] == FAILED_UNTIL
            when = self.span.start.plus_s(float(seconds[event]))
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
