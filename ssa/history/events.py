"""Manoeuvres and other events in a history of element sets: changes beyond what drag and noise explain.

Each gap between two neighbouring sets of an object is judged by how sets before it predict sets after it. Three
numbers are taken, in the object's own axes: the rate at which the prediction runs ahead along the track (last set
before the gap against the third after it), the change of the orbit's size by energy (second before against second
after; near-earth orbits only, where it is quieter than the lunar and solar terms of SDP4), and the turn of the orbit's
plane (third against third). From each, the running median over 20 gaps to either side is taken away, which removes
drag and slow drift, and the rest is divided by their scaled median deviation: noise is each object's own, in its own
season. A gap whose largest score passes the threshold is an event; gaps in a row are one.

Limits: an object that thrusts in most gaps has its manoeuvres as its noise and shows few. A change smaller than a few
times the scatter of the sets is not seen. Measured on eight satellites with known manoeuvres: docs/element-accuracy.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, Instant
from orbits.arrays import Booleans, Floats, Integers
from orbits.constants import TAU, WGS72_MU_KM3_S2
from orbits.errors import InvalidValue
from ssa.history.differences import differences_of

THRESHOLD = 7.0  # scaled median deviations; see the table in docs/element-accuracy.md
WINDOW_GAPS = 20
FEWEST_SETS = 12
_NEAR_EARTH_MIN = 225.0  # AIAA 2006-6753
_DEEP_SPACE_SHARE = 0.7  # of a score: lunar and solar terms leave longer tails (same false alarms a year, measured)
_LEAST_LAG_DAYS = 0.2  # a rate over less is noise
_LEAST_SCALE = (1e-4, 1e-5, 1e-5)  # km/day, km, rad: what the printed digits of a TLE leave
_JOINED_GAPS = 2
_SETS_BESIDE = 3


@dataclass(frozen=True, eq=False)
class HistoryEvents:
    """Events (m,) of a history; rows are rows of `elements`, which is in history order.

    `last_row_before` and `first_row_after` bracket the gaps that passed; `score` is the largest, in scaled median
    deviations. The changes are less what is usual for the object: `along_rate_km_day` (positive: later sets run
    behind the prediction), `size_change_km` (of the semi-major axis; positive: later sets are lower), `plane_turn_deg`.
    `delta_v_m_s` is the least change of speed that makes the size and the plane. `too_few` names objects with under
    `FEWEST_SETS` sets, of which nothing is said.
    """

    elements: ElementSets
    last_row_before: Integers
    first_row_after: Integers
    score: Floats
    along_rate_km_day: Floats
    size_change_km: Floats
    plane_turn_deg: Floats
    delta_v_m_s: Floats
    threshold: float
    too_few: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.score)

    def norad_id(self) -> Integers:
        """Whose event each is (m,)."""
        return self.elements.norad_id[self.last_row_before]

    def window(self, event: int) -> tuple[Instant, Instant]:
        """The epochs between which an event lies."""
        first, last = self.last_row_before[event], self.first_row_after[event]
        return self.elements.epoch(int(first)), self.elements.epoch(int(last))

    def between(self, one_row: Integers, other_row: Integers) -> Booleans:
        """Whether an event of the object lies between two sets of each pair of rows (k,)."""
        low, high = np.minimum(one_row, other_row), np.maximum(one_row, other_row)
        order = np.argsort(self.first_row_after)
        last_before = np.maximum.accumulate(self.last_row_before[order]) if len(self) else self.last_row_before
        # the first event that ends after the earlier set; it begins before the later one, or none does
        place = np.searchsorted(self.first_row_after[order], low, side="right")
        found = place < len(self)
        begins = last_before[np.minimum(place, max(len(self) - 1, 0))] if len(self) else np.zeros(len(low), dtype=int)
        return np.asarray(found & (begins < high))


def find_events(elements: ElementSets, *, threshold: float = THRESHOLD) -> HistoryEvents:
    """Events in a history in order (`in_history_order`), of every object with at least `FEWEST_SETS` sets.

    Raises `InvalidValue` for a threshold that is not positive, or sets that are not in order.
    """
    if not threshold > 0.0:
        raise InvalidValue("threshold", threshold, "must be positive: scaled median deviations, 7 by default")
    epoch = elements.epoch_jd_day + elements.epoch_day_fraction
    same = elements.norad_id[1:] == elements.norad_id[:-1]
    if (np.diff(elements.norad_id) < 0).any() or (np.diff(epoch)[same] <= 0.0).any():
        raise InvalidValue("elements", None, "must be in order of object and epoch; use in_history_order")
    numbers, counts = np.unique(elements.norad_id, return_counts=True)
    many = np.isin(elements.norad_id, numbers[counts >= FEWEST_SETS])
    gap = np.flatnonzero(same & many[:-1])
    changes = _changes(elements, gap)
    usual, scatter = _running(changes, elements.norad_id[gap])
    excess = changes - usual
    excess[:, 2] = np.maximum(excess[:, 2], 0.0)  # a plane that turned less than usual is no event
    scores = np.abs(excess[:, :3]) / np.maximum(scatter[:, :3], np.array(_LEAST_SCALE))
    deep = elements.period_min[gap] >= _NEAR_EARTH_MIN
    scores[deep, 1] = 0.0
    scores[deep] *= _DEEP_SPACE_SHARE
    scores[~_has_neighbours(elements.norad_id, gap)] = 0.0
    score = scores.max(axis=1, initial=0.0)
    first, last, peak = _joined(gap, elements.norad_id, score, threshold)
    motion = elements.mean_motion_rev_day[gap[peak]] * TAU / 86400.0
    speed_m_s = np.cbrt(WGS72_MU_KM3_S2 * motion) * 1e3
    size, turn = excess[peak, 3], excess[peak, 2]
    delta_v = np.hypot(0.5 * motion * np.abs(size) * 1e3, speed_m_s * turn)
    return HistoryEvents(
        elements, gap[first], gap[last] + 1, score[peak], excess[peak, 0], size, np.degrees(turn), delta_v,
        threshold, tuple(numbers[counts < FEWEST_SETS].tolist()),
    )  # fmt: skip


def _changes(elements: ElementSets, gap: Integers) -> Floats:
    """Numbers (g, 4) of each gap: rate along in km/day, size by energy in km, turn of the plane in rad, mean size."""
    first = np.searchsorted(elements.norad_id, elements.norad_id[gap], side="left")
    last = np.searchsorted(elements.norad_id, elements.norad_id[gap], side="right") - 1
    motion = elements.mean_motion_rev_day[gap] * TAU / 86400.0
    radius = np.cbrt(WGS72_MU_KM3_S2 / motion**2)

    def across_gap(before: int, after: int) -> tuple[Floats, Floats, Floats]:
        one, other = np.maximum(gap + 1 - before, first), np.minimum(gap + after, last)
        pairs = differences_of(elements, one, other)
        return np.nan_to_num(pairs.position_rtn_km), np.nan_to_num(pairs.velocity_rtn_km_s), pairs.lag_days

    position, _, lag = across_gap(1, 3)
    along = position[:, 1] / np.maximum(lag, _LEAST_LAG_DAYS)
    position, velocity, _ = across_gap(2, 2)
    energy = 2.0 * position[:, 0] + 2.0 * velocity[:, 1] / motion  # vis-viva about a circle
    position, velocity, _ = across_gap(3, 3)
    turn = np.hypot(position[:, 2], velocity[:, 2] / motion) / radius
    axis = np.cbrt(WGS72_MU_KM3_S2 / (elements.mean_motion_rev_day * TAU / 86400.0) ** 2)
    size = 0.5 * (axis[np.maximum(gap - 1, first)] + axis[gap] - axis[gap + 1] - axis[np.minimum(gap + 2, last)])
    return np.column_stack([along, energy, turn, size])


def _has_neighbours(norad_id: Integers, gap: Integers) -> Booleans:
    """Whether three sets of the object stand on either side of each gap (g,)."""
    early, late = gap - (_SETS_BESIDE - 1), gap + _SETS_BESIDE
    inside = (early >= 0) & (late < len(norad_id))
    same = norad_id[np.maximum(early, 0)] == norad_id[np.minimum(late, len(norad_id) - 1)]
    return np.asarray(inside & same)


def _running(values: Floats, norad_id: Integers) -> tuple[Floats, Floats]:
    """Running median and scaled median deviation of each column (g, k), within its object."""
    low = np.searchsorted(norad_id, norad_id, side="left")[:, None]
    many = np.searchsorted(norad_id, norad_id, side="right")[:, None] - low
    start = np.clip(np.arange(len(values))[:, None] - low - WINDOW_GAPS, 0, np.maximum(many - 2 * WINDOW_GAPS - 1, 0))
    places = low + (start + np.arange(2 * WINDOW_GAPS + 1)) % many  # a short history is gone through more than once
    middle, scatter = np.empty_like(values), np.empty_like(values)
    for number in range(values.shape[1]):
        near = values[places, number]
        middle[:, number] = np.median(near, axis=1)
        scatter[:, number] = 1.4826 * np.median(np.abs(near - middle[:, number][:, None]), axis=1)
    return middle, scatter


def _joined(gap: Integers, norad_id: Integers, score: Floats, threshold: float) -> tuple[Integers, Integers, Integers]:
    """The first, last and highest of every run of gaps above the threshold, as places in `gap`."""
    above = np.flatnonzero(score > threshold)
    if not len(above):
        return above, above, above
    apart = (np.diff(above) > _JOINED_GAPS) | (np.diff(norad_id[gap[above]]) != 0)
    starts = np.concatenate([[0], np.flatnonzero(apart) + 1])
    ends = np.concatenate([starts[1:], [len(above)]])
    peak = [above[start + np.argmax(score[above[start:end]])] for start, end in zip(starts, ends, strict=True)]
    return above[starts], above[ends - 1], np.array(peak)
