"""Manoeuvres and other events in made-up histories: noise of 0.3 m in size, 0.0002 deg in angles, sets a day apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orbits import ElementSets
from orbits.errors import InvalidValue
from orbits.sgp4_core import initialise
from ssa.history.events import FEWEST_SETS, find_events
from tests.unit.ssa.history.test_differences import a_history

DAYS = 120
MOTION_REV_DAY = 14.57
SIZE_KM = 7080.0
RATE_RAD_DAY = MOTION_REV_DAY * 2 * np.pi


def noisy(*, objects: int = 1, burn_day: int | None = None, size_m: float = 0.0, turn_deg: float = 0.0) -> ElementSets:
    """Sets of objects that follow SGP4 of their first set, with noise; the last object burns on a day."""
    rng = np.random.default_rng(20260310)
    history = a_history([float(day) for day in range(DAYS)], objects=objects)
    count = len(history)
    day = np.tile(np.arange(DAYS, dtype=float), objects)
    burnt = (day >= (burn_day if burn_day is not None else DAYS)) & (history.norad_id == objects)
    quicker = -1.5 * size_m / 1e3 / SIZE_KM * MOTION_REV_DAY
    since = np.where(burnt, day - (burn_day or 0) + 0.5, 0.0)
    anomaly_rate, perigee_rate, node_rate = secular_deg_day(history)
    noise = rng.normal(size=(3, count))
    return replace(
        history,
        mean_motion_rev_day=history.mean_motion_rev_day + np.where(burnt, quicker, 0.0)
        - 1.5 * 0.0003 * noise[0] / SIZE_KM * MOTION_REV_DAY,
        mean_anomaly_deg=(anomaly_rate * day + quicker * 360.0 * since + 2e-4 * noise[1]) % 360.0,
        argument_of_perigee_deg=(perigee_rate * day) % 360.0,
        raan_deg=(node_rate * day + np.where(burnt, turn_deg / np.sin(np.radians(98.2)), 0.0)) % 360.0,
        inclination_deg=history.inclination_deg + 1e-4 * noise[2],
    )  # fmt: skip


def secular_deg_day(history: ElementSets) -> tuple[float, float, float]:
    """The rates at which SGP4 moves mean anomaly, perigee and node of the first set."""
    record = initialise(history)[0]
    return tuple(float(np.degrees(record[name]) * 1440.0) for name in ("mdot", "argpdot", "nodedot"))


def test_a_burn_along_the_track_is_found_in_its_gap_with_its_size() -> None:
    events = find_events(noisy(burn_day=60, size_m=10.0))
    assert len(events) == 1
    start, end = events.window(0)
    assert start.date().isoformat() <= "2026-05-09" <= end.date().isoformat()  # the 60th day
    assert events.size_change_km[0] == pytest.approx(-0.010, abs=0.001)  # later sets are higher
    assert events.delta_v_m_s[0] == pytest.approx(0.0053, rel=0.2)  # half the motion times 10 m


def test_a_burn_across_the_plane_is_found() -> None:
    events = find_events(noisy(burn_day=60, turn_deg=0.01))
    assert len(events) == 1
    assert events.plane_turn_deg[0] == pytest.approx(0.01, rel=0.15)
    assert events.delta_v_m_s[0] == pytest.approx(7500.0 * np.radians(0.01), rel=0.15)


def test_quiet_objects_have_few_events() -> None:
    events = find_events(noisy(objects=20))
    assert len(events) <= 4  # in 20 x 120 days: under 0.6 a year and object


def test_only_the_object_that_burnt_has_the_event() -> None:
    events = find_events(noisy(objects=3, burn_day=40, size_m=30.0))
    big = events.score > 20.0
    assert events.norad_id()[big].tolist() == [3]


def test_pairs_with_an_event_between_are_told() -> None:
    history = noisy(burn_day=60, size_m=10.0)
    events = find_events(history)
    first, last = int(events.last_row_before[0]), int(events.first_row_after[0])
    ones = np.array([first - 1, first, last, 0, first - 2, last + 5])
    others = np.array([last, last, last + 3, DAYS - 1, first - 1, first - 3])
    assert events.between(ones, others).tolist() == [True, True, False, True, False, True]


def test_no_events_stand_between_no_sets() -> None:
    events = find_events(noisy()[: FEWEST_SETS - 1])
    assert len(events) == 0
    assert events.too_few == (1,)
    assert events.between(np.array([0]), np.array([5])).tolist() == [False]


def test_sets_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidValue, match="in_history_order"):
        find_events(noisy()[::-1])
    with pytest.raises(InvalidValue, match="positive"):
        find_events(noisy(), threshold=0.0)
