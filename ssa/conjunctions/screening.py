"""`screen`: every approach of a catalogue's objects to each other within a distance, in a window of time.

Complete for SGP4's positions: `sieve` lets no pair through its net and says why, `closest_approach` finds every
approach of a pair, to 0.1 ms and far below a centimetre. How near to the truth that is depends on the element sets:
about a kilometre at epoch, more with age. A screening says what to look at, never what to do.

Which element sets: one of each object, the newest; the others are counted. Sets older than `max_age_days` at the
window's start, or later than it by more than that, are not used and are listed. Objects that SGP4 refuses are
listed, those that it fails within the window are screened up to there and are listed, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from orbits import ElementSets, TimeSpan
from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.constants import TAU, WGS72_MU_KM3_S2
from orbits.errors import InvalidValue
from orbits.frames import itrs_to_geodetic, teme_to_itrs_km
from orbits.sgp4_core import initialise
from orbits.times import Instants
from ssa.conjunctions.closest_approach import Approaches, find_approaches
from ssa.conjunctions.sieve import STEP_S, Candidates, sieve
from ssa.conjunctions.volumes import Volume
from ssa.errors import TooMuch

DEFAULT_MISS_KM = 5.0
MAX_MISS_KM = 200.0
MAX_AGE_DAYS = 30.0
MAX_OBJECT_HOURS = 30_000_000.0  # 44,000 objects for four weeks
_FUTURE_DAYS = 0.5
_MOST_NAMED = 5  # of those not screened, in a sentence


@dataclass(frozen=True, slots=True)
class SkippedObject:
    """An object that was not screened, or not for the whole window, and why; `kind` is the same without its numbers."""

    norad_id: int
    name: str
    reason: str
    kind: str
    in_part: bool = False


@dataclass(frozen=True, eq=False)
class Stays:
    """Pairs that stay together, as columns (s,): rows of both, seconds from the window's start, least distance (km)."""

    primary_row: Integers
    secondary_row: Integers
    start_s: Floats
    end_s: Floats
    closest_s: Floats
    min_distance_km: Floats
    cut_at_start: Booleans
    cut_at_end: Booleans

    def __len__(self) -> int:
        return len(self.primary_row)


@dataclass(frozen=True, eq=False)
class Screening:
    """Conjunctions as columns (c,), in order of time of closest approach (TCA).

    `primary_row` and `secondary_row` are rows of `elements`; `tca_s` counts from `span.start`; `miss_rtn_km` and
    `relative_velocity_rtn_km_s` (c, 3) are those of the secondary in the primary's radial, transverse, normal axes;
    `position_teme_km` (c, 3) is the primary's. `within_s` is how long the pair is within the distance.
    `counts` says what was left out, by reason; `stays` are pairs that fly together.
    """

    elements: ElementSets
    span: TimeSpan
    miss_km: float
    primary_row: Integers
    secondary_row: Integers
    tca_s: Floats
    miss_distance_km: Floats
    miss_rtn_km: Floats
    relative_speed_km_s: Floats
    relative_velocity_rtn_km_s: Floats
    position_teme_km: Floats
    within_s: Floats
    cut_at_start: Booleans
    cut_at_end: Booleans
    stays: Stays
    skipped: tuple[SkippedObject, ...]
    counts: dict[str, int]
    caveats: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.tca_s)

    def __getitem__(self, rows: Any) -> Screening:
        """The chosen conjunctions, with everything else as it is."""
        columns = {name: read_only(getattr(self, name)[rows], getattr(self, name).dtype) for name in _COLUMNS}
        return Screening(
            elements=self.elements, span=self.span, miss_km=self.miss_km, stays=self.stays, skipped=self.skipped,
            counts=self.counts, caveats=self.caveats, **columns,
        )  # fmt: skip

    def faster_than(self, relative_speed_km_s: float) -> Screening:
        """The conjunctions at or above a relative speed; the others are counted."""
        if not 0.0 <= relative_speed_km_s < math.inf:
            raise InvalidValue("min_relative_speed_km_s", relative_speed_km_s, "must be a number from 0 on")
        fast = self.relative_speed_km_s >= relative_speed_km_s
        reason = f"conjunctions slower than {relative_speed_km_s:g} km/s"
        return replace(self[fast], counts={**self.counts, reason: int((~fast).sum())})

    def ages_days(self, row: Integers) -> Floats:
        """Days from the epoch of each object's set to the TCA, negative before it; `row` is a row column."""
        return self.elements.age_days(self.span.start)[row] + self.tca_s / 86400.0

    def approach_angle_deg(self) -> Floats:
        """Angle between the velocities (c,), 180 head-on, from the relative velocity and the primary's speed."""
        along, speed = self.relative_velocity_rtn_km_s[:, 1], self._primary_speed_km_s()
        across = np.hypot(self.relative_velocity_rtn_km_s[:, 0], self.relative_velocity_rtn_km_s[:, 2])
        return np.degrees(np.arctan2(across, speed + along))

    def places(self) -> tuple[Floats, Floats, Floats]:
        """Latitude, longitude (deg) and height (km) of the primary at each TCA (c,), WGS84."""
        days = self.span.start.day_fraction + self.tca_s / 86400.0
        whole = np.floor(days)
        times = Instants(self.span.start.jd_day + whole, days - whole)
        return itrs_to_geodetic(teme_to_itrs_km(self.position_teme_km, times))

    def _primary_speed_km_s(self) -> Floats:
        motion = self.elements.mean_motion_rev_day[self.primary_row] * TAU / 86400.0
        axis = (WGS72_MU_KM3_S2 / motion**2) ** (1.0 / 3.0)
        radius = np.linalg.norm(self.position_teme_km, axis=1)
        return np.asarray(np.sqrt(WGS72_MU_KM3_S2 * (2.0 / radius - 1.0 / axis)))


_COLUMNS = (
    "primary_row", "secondary_row", "tca_s", "miss_distance_km", "miss_rtn_km", "relative_speed_km_s",
    "relative_velocity_rtn_km_s", "position_teme_km", "within_s", "cut_at_start", "cut_at_end",
)  # fmt: skip


def screen(
    elements: ElementSets, span: TimeSpan, *, miss_km: float = DEFAULT_MISS_KM, volume: Volume | None = None,
    primaries: Integers | None = None, secondaries: Integers | None = None, debris: Booleans | None = None,
    step_s: float = STEP_S, max_age_days: float = MAX_AGE_DAYS, threads: int | None = None,
    report: Callable[[float], None] = lambda done: None,
) -> Screening:  # fmt: skip
    """Every approach below `miss_km` between primaries and secondaries (rows of `elements`; default: all) in `span`.

    With a `volume` (a box or an ellipsoid in the primary's RTN) its farthest corner is screened, and kept are the
    approaches whose path goes through it. `debris` (n,) marks objects whose approaches to each other are not wanted.
    A pair is named once: where both are primaries, the one with the smaller catalogue number comes first. `step_s`
    changes the time it takes and no event. `report` hears the share done. Raises `InvalidValue` for a distance, a step
    or rows out of range, `TooMuch` above `MAX_OBJECT_HOURS`.

    >>> from orbits import ElementSets, TimeSpan
    >>> both = ElementSets.read(b'''1 25544U 98067A   24305.58058399  .00035180  00000-0  60166-3 0  9990
    ... 2 25544  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479706
    ... 1 49044U 21066A   24305.58058399  .00035180  00000-0  60166-3 0  9996
    ... 2 49044  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479707''')
    >>> found = screen(both, TimeSpan.of("2024-11-01T00:00:00Z", hours=2))
    >>> len(found), len(found.stays), found.stays.end_s.tolist()
    (0, 1, [7200.0])
    """
    reach = _reach(miss_km, volume)
    if not 1.0 <= step_s <= 120.0:
        raise InvalidValue("step_s", step_s, "must be from 1 to 120 s")
    if len(elements) * span.duration_s / 3600.0 > MAX_OBJECT_HOURS:
        raise TooMuch(
            "hours", f"{len(elements):,} objects x {span.duration_s / 3600.0:,.0f} h",
            f"is more than {MAX_OBJECT_HOURS:,.0f} object hours; ask for a shorter window",
        )  # fmt: skip
    one_of, other_of = _marked("primaries", primaries, elements), _marked("secondaries", secondaries, elements)
    used, skipped, counts = _usable(elements, span, max_age_days, one_of | other_of)
    part = elements[used]
    group, allowed = _groups(one_of[used], other_of[used], None if debris is None else debris[used])
    few = one_of[used]
    watched = np.flatnonzero(few) if 4 * int(few.sum()) < len(part) else None
    candidates = sieve(
        part, span, reach, group=group, allowed=allowed, watched=watched, step_s=step_s, threads=threads,
        report=lambda share: report(0.9 * share),
    )  # fmt: skip
    first, second = _primary_first(candidates, part, few, other_of[used])
    approaches = find_approaches(
        part, span, candidates, reach, first_row=first, second_row=second, threads=threads,
        report=lambda share: report(0.9 + 0.1 * share),
    )  # fmt: skip
    if volume is not None:
        inside = volume.crossed_by(
            approaches.miss_rtn_km, approaches.relative_velocity_rtn_km_s,
            approaches.begin_s - approaches.tca_s, approaches.end_s - approaches.tca_s,
        )  # fmt: skip
        keep = inside | approaches.is_stay
        counts["approaches that do not go through the volume"] = int((~keep).sum())
        approaches = approaches[keep]
    skipped += _cut_short(part, candidates, span)
    asked, lost = _unscreened(elements, primaries, skipped)
    skipped.sort(key=lambda one: one.norad_id not in asked)  # primaries first
    unscreened = () if not lost else (
        f"{len(lost):,} of {len(asked):,} objects asked about were not screened, so nothing is known of what comes "
        f"near them: {_named(lost)}.",
    )  # fmt: skip
    searched = () if debris is None else ("Pairs of debris with debris were not searched for, as asked.",)
    caveats = (*unscreened, *searched, *_caveats(part, span, volume))
    return _screening(elements, used, span, reach, approaches, tuple(skipped), counts, caveats)


def _reach(miss_km: float, volume: Volume | None) -> float:
    reach = miss_km if volume is None else volume.farthest_km
    if not 1.0e-3 <= reach <= MAX_MISS_KM:
        raise InvalidValue("miss_km", reach, f"must be from 0.001 to {MAX_MISS_KM:g} km")
    return float(reach)


def _marked(field: str, rows: Integers | None, elements: ElementSets) -> Booleans:
    if rows is None:
        return np.ones(len(elements), dtype=bool)
    asked = np.asarray(rows, dtype=np.int64)
    if len(asked) and (asked.min() < 0 or asked.max() >= len(elements)):
        raise InvalidValue(field, f"rows up to {asked.max()}", f"must be rows of {len(elements)} element sets")
    marked = np.zeros(len(elements), dtype=bool)
    marked[asked] = True
    return marked


def _usable(
    elements: ElementSets, span: TimeSpan, max_age_days: float, asked: Booleans
) -> tuple[Integers, list[SkippedObject], dict[str, int]]:
    """Rows that are screened; objects that are not, with the reason; counts by reason."""
    if not max_age_days > 0.0:
        raise InvalidValue("max_age_days", max_age_days, "must be above 0")
    order = np.lexsort(
        (np.arange(len(elements)), elements.epoch_day_fraction, elements.epoch_jd_day, elements.norad_id)
    )
    ids = elements.norad_id[order]
    is_newest = np.ones(len(order), dtype=bool)
    is_newest[:-1] = (ids[1:] != ids[:-1]) | (ids[1:] == 0)
    newest = np.zeros(len(order), dtype=bool)
    newest[order] = is_newest
    ages = elements.age_days(span.start)
    refused = initialise(elements)["status"] != 0
    counts: dict[str, int] = {}
    older = asked & ~newest
    stale = asked & newest & (np.abs(ages) > max_age_days)
    refused &= asked & newest & ~stale
    skipped = []
    if older.any():
        counts["older sets of an object with a newer one"] = int(older.sum())
    for row in np.flatnonzero(stale).tolist():
        side = "old at the start" if ages[row] > 0.0 else "later than the start"
        skipped.append(
            SkippedObject(
                int(elements.norad_id[row]), str(elements.name[row]),
                f"its newest element set is {abs(ages[row]):.1f} days {side}; the limit is {max_age_days:g}",
                f"newest element set more than {max_age_days:g} days {side}",
            )
        )  # fmt: skip
    skipped += [
        SkippedObject(
            int(elements.norad_id[row]), str(elements.name[row]), "SGP4 refuses its element set",
            "element set that SGP4 refuses",
        )
        for row in np.flatnonzero(refused).tolist()
    ]  # fmt: skip
    if stale.any():
        counts[f"element sets more than {max_age_days:g} days from the start"] = int(stale.sum())
    if refused.any():
        counts["element sets that SGP4 refuses"] = int(refused.sum())
    return np.flatnonzero(asked & newest & ~stale & ~refused), skipped, counts


def _groups(
    primary: Booleans, secondary: Booleans, debris: Booleans | None
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Group of each object, and which groups are to meet: a primary with a secondary, not debris with debris."""
    junk = np.zeros(len(primary), dtype=bool) if debris is None else np.asarray(debris, dtype=bool)
    group = (primary.astype(np.uint8) | (secondary.astype(np.uint8) << 1) | (junk.astype(np.uint8) << 2)).astype(
        np.uint8
    )
    kinds = np.arange(8)
    is_primary, is_secondary, is_junk = (kinds & 1) > 0, (kinds & 2) > 0, (kinds & 4) > 0
    meet = (is_primary[:, None] & is_secondary) | (is_secondary[:, None] & is_primary)
    return group, (meet & ~(is_junk[:, None] & is_junk)).astype(np.uint8)


def _primary_first(
    candidates: Candidates, elements: ElementSets, primary: Booleans, secondary: Booleans
) -> tuple[Integers, Integers]:
    one, other = candidates.first_row, candidates.second_row
    could, could_other = primary[one] & secondary[other], primary[other] & secondary[one]
    by_number = elements.norad_id[one] > elements.norad_id[other]
    swap = np.where(could & could_other, by_number, ~could)
    return np.where(swap, other, one), np.where(swap, one, other)


def _cut_short(elements: ElementSets, candidates: Candidates, span: TimeSpan) -> list[SkippedObject]:
    found = []
    ends = candidates.valid_until < candidates.intervals
    begins = candidates.valid_from > 0
    for row in np.flatnonzero(ends | begins).tolist():
        first, last = int(candidates.valid_from[row]), int(candidates.valid_until[row])
        if last < 0:
            reason = kind = "SGP4 has no state for it in the window"
        else:
            until = span.start.plus_s(last * candidates.step_s).isoformat(0)
            since = span.start.plus_s(first * candidates.step_s).isoformat(0)
            reason = f"screened from {since} until {until} only: SGP4 has no state outside (decay)"
            kind = "screened for a part of the window only: SGP4 has no state outside (decay)"
        found.append(SkippedObject(int(elements.norad_id[row]), str(elements.name[row]), reason, kind, last >= 0))
    return found


def require_screened(found: Screening, primaries: Integers | None) -> None:
    """Raise `InvalidValue` where none of the primaries was screened: an answer without conjunctions is no all-clear."""
    asked, unscreened = _unscreened(found.elements, primaries, found.skipped)
    if unscreened and len({one.norad_id for one in unscreened}) >= len(asked):
        raise InvalidValue(
            "start", found.span.start.isoformat(0),
            f"none of the objects asked about can be screened then ({_named(unscreened)}); ask near their epochs, or "
            "import newer element sets",
        )  # fmt: skip


def _unscreened(
    elements: ElementSets, primaries: Integers | None, skipped: Sequence[SkippedObject]
) -> tuple[set[int], list[SkippedObject]]:
    """Catalogue numbers of the primaries, and those that were not screened at all; nothing where all are primaries."""
    if primaries is None:
        return set(), []
    asked = set(elements.norad_id[np.asarray(primaries, dtype=np.int64)].tolist())
    return asked, [one for one in skipped if one.norad_id in asked and not one.in_part]


def _named(unscreened: Sequence[SkippedObject]) -> str:
    told = "; ".join(f"{one.norad_id} {one.name}: {one.reason}" for one in unscreened[:_MOST_NAMED])
    return told if len(unscreened) <= _MOST_NAMED else f"{told}; and {len(unscreened) - _MOST_NAMED:,} more"


def _caveats(elements: ElementSets, span: TimeSpan, volume: Volume | None) -> tuple[str, ...]:
    said = [
        "Element sets are good to about a kilometre at epoch and worse with age: a miss distance here may be wrong by "
        "more than itself. Public element sets do not support a manoeuvre decision."
    ]
    future = int((elements.age_days(span.start) < -_FUTURE_DAYS).sum())
    if future:
        said.append(
            f"{future:,} element sets have epochs more than {_FUTURE_DAYS:g} days after the start: operators' "
            "plans, or sets used backwards."
        )
    if volume is not None:
        said.append("Paths through the volume are taken as straight; pairs that stay together are listed all.")
    return tuple(said)


def _screening(
    elements: ElementSets, used: Integers, span: TimeSpan, reach: float, found: Approaches,
    skipped: tuple[SkippedObject, ...], counts: dict[str, int], caveats: tuple[str, ...],
) -> Screening:  # fmt: skip
    """Approaches as conjunctions in order of TCA, and stays in order of their start."""
    rows = used[found.rows]
    events, together = np.flatnonzero(~found.is_stay), np.flatnonzero(found.is_stay)
    events = events[np.lexsort((rows[events, 1], rows[events, 0], found.tca_s[events]))]
    together = together[np.lexsort((rows[together, 1], rows[together, 0], found.begin_s[together]))]

    def column(values: Any, which: Integers) -> Any:
        return read_only(values[which], values.dtype)

    stays = Stays(
        primary_row=column(rows[:, 0], together), secondary_row=column(rows[:, 1], together),
        start_s=column(found.begin_s, together), end_s=column(found.end_s, together),
        closest_s=column(found.tca_s, together), min_distance_km=column(found.miss_km, together),
        cut_at_start=column(found.cut_at_start, together), cut_at_end=column(found.cut_at_end, together),
    )  # fmt: skip
    return Screening(
        elements=elements, span=span, miss_km=reach,
        primary_row=column(rows[:, 0], events), secondary_row=column(rows[:, 1], events),
        tca_s=column(found.tca_s, events), miss_distance_km=column(found.miss_km, events),
        miss_rtn_km=column(found.miss_rtn_km, events),
        relative_speed_km_s=column(found.relative_speed_km_s, events),
        relative_velocity_rtn_km_s=column(found.relative_velocity_rtn_km_s, events),
        position_teme_km=column(found.position_teme_km, events),
        within_s=column(found.end_s - found.begin_s, events),
        cut_at_start=column(found.cut_at_start, events), cut_at_end=column(found.cut_at_end, events),
        stays=stays, skipped=skipped, counts=counts, caveats=caveats,
    )  # fmt: skip
