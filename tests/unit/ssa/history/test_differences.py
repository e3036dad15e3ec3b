"""Element sets held against one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orbits import ElementSets
from ssa.history.differences import differences_of, in_history_order, pairs_of_sets
from tests.made_up_sets import made_up_sets


def a_history(epochs: list[float], *, objects: int = 1) -> ElementSets:
    """Sets of `objects` circular orbits at 700 km at `epochs` days, each exactly where mean motion alone takes it."""
    count = len(epochs) * objects
    zero = np.zeros(count)
    days = np.tile(np.array(epochs), objects)
    return replace(
        made_up_sets(count), norad_id=np.repeat(np.arange(objects) + 1, len(epochs)),
        epoch_jd_day=zero + 2461109.5 + np.floor(days), epoch_day_fraction=days % 1.0,
        mean_motion_rev_day=zero + 14.57, eccentricity=zero + 1e-3, inclination_deg=zero + 98.2, raan_deg=zero,
        argument_of_perigee_deg=zero, mean_anomaly_deg=zero, bstar_per_earth_radius=zero,
        mean_motion_dot_rev_day2=zero,
    )  # fmt: skip


def test_pairs_are_of_one_object_and_no_more_than_the_lag_apart() -> None:
    history = a_history([0.0, 1.0, 2.0, 5.0], objects=2)
    earlier, later = pairs_of_sets(history, most_days=3.0)
    assert sorted(zip(earlier.tolist(), later.tolist(), strict=True)) == [
        (0, 1), (0, 2), (1, 2), (2, 3), (4, 5), (4, 6), (5, 6), (6, 7),
    ]  # fmt: skip
    neighbours, next_ones = pairs_of_sets(history, most_days=3.0, steps=1)
    assert (next_ones - neighbours == 1).all()
    assert len(neighbours) == 6


def test_a_set_issued_twice_counts_once_and_the_order_is_by_object_and_epoch() -> None:
    mixed = a_history([2.0, 0.0, 0.0 + 2e-7, 1.0])
    ordered = in_history_order(mixed)
    assert ordered.epoch_day_fraction.tolist() == [2e-7, 0.0, 0.0]
    assert np.diff(ordered.epoch_jd_day).tolist() == [1.0, 1.0]


def test_a_set_shifted_along_its_orbit_differs_along_the_track_only() -> None:
    history = a_history([0.0, 0.0 + 1e-5])
    shifted = replace(history, epoch_day_fraction=np.zeros(2), mean_anomaly_deg=np.array([0.0, 0.01]))
    found = differences_of(shifted, np.array([1]), np.array([0]))
    radial, along, across = found.position_rtn_km[0]
    assert abs(along - np.radians(0.01) * 7080.0) < 0.01  # km: a hundredth of a degree of 7,080 km
    assert abs(radial) < 0.01
    assert abs(across) < 1e-3
    assert found.lag_days.tolist() == [0.0]


def test_differences_forwards_and_backwards_have_opposite_lags() -> None:
    history = a_history([0.0, 0.5])
    forwards = differences_of(history, np.array([0]), np.array([1]))
    backwards = differences_of(history, np.array([1]), np.array([0]))
    assert forwards.lag_days.tolist() == [0.5]
    assert backwards.lag_days.tolist() == [-0.5]
    assert len(forwards[forwards.lag_days < 0]) == 0
