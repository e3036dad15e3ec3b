"""One state per element set and time."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import Instants, propagate
from orbits.errors import InvalidValue
from orbits.own_times import states_at_own_times
from tests.made_up_sets import made_up_sets


def test_states_equal_those_of_propagate() -> None:
    elements = made_up_sets(40)
    times = Instants.after("2026-03-11T00:00:00Z", np.arange(5) * 4000.0)
    whole = propagate(elements, times)
    rows = np.repeat(np.arange(40), 5)
    every = Instants(np.tile(times.jd_day, 40), np.tile(times.day_fraction, 40))
    position, velocity, status = states_at_own_times(elements, rows, every)
    assert np.array_equal(status, whole.status.ravel())
    one_metre = 1e-3  # km; the deep-space integrator goes other steps
    assert np.allclose(position, whole.position_teme_km.reshape(-1, 3), rtol=0, atol=one_metre, equal_nan=True)
    assert whole.velocity_teme_km_s is not None
    assert np.allclose(velocity, whole.velocity_teme_km_s.reshape(-1, 3), rtol=0, atol=1e-6, equal_nan=True)
    assert (np.isnan(position).any(axis=1) == (status != 0)).all()


def test_rows_that_are_not_there_are_refused() -> None:
    elements, times = made_up_sets(2), Instants.of(["2026-03-11T00:00:00Z"])
    for rows in ([2], [-1], [0, 1]):
        with pytest.raises(InvalidValue):
            states_at_own_times(elements, np.array(rows), times)


def test_no_rows_are_no_states() -> None:
    nothing = Instants(np.empty(0), np.empty(0))
    position, _, status = states_at_own_times(made_up_sets(2), np.empty(0, dtype=np.int64), nothing)
    assert position.shape == (0, 3)
    assert len(status) == 0
