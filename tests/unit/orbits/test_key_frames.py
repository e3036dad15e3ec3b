"""Key frames: the polynomial between them stays near SGP4, and their bytes are what the layout says."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import TimeGrid, propagate
from orbits.frames import teme_to_itrs
from orbits.key_frames import key_frames
from ssa.catalogue.simulated import simulated_catalogue
from ssa.regimes import regimes_of
from tests.orbits_of_note import HARD_EIGHT

START = "2026-01-01T00:00:00Z"
one_metre = 1e-3  # km


def worst_km(regime: str, *, step_s: float = 60.0) -> float:
    """The largest distance from SGP4 between frames, over a share of the simulated catalogue and three steps."""
    elements = simulated_catalogue().elements
    chosen = elements[np.flatnonzero(regimes_of(elements) == regime)[::7]]
    frames = key_frames(chosen, TimeGrid(start=START, step_s=step_s, count=4))
    fine = TimeGrid(start=START, step_s=step_s / 12, count=37)
    truth = teme_to_itrs(propagate(chosen, fine)).position_itrs_km
    apart = [np.linalg.norm(frames.between(k // 12, k % 12 / 12) - truth[:, k], axis=-1) for k in range(36)]
    assert np.isfinite(apart).any()
    return float(np.nanmax(apart))


@pytest.mark.parametrize("regime", ["LEO", "MEO", "GEO"])
def test_between_frames_a_minute_apart_positions_are_within_a_metre(regime: str) -> None:
    assert worst_km(regime) < one_metre


def test_eccentric_orbits_are_within_two_metres_also_at_perigee() -> None:
    assert worst_km("HEO") < 2 * one_metre


def test_a_longer_step_is_worse_by_its_fourth_power() -> None:
    assert worst_km("LEO", step_s=120.0) == pytest.approx(16 * worst_km("LEO"), rel=0.15)


def test_an_object_without_a_state_is_nan_and_the_others_are_not() -> None:
    for elements in HARD_EIGHT:
        grid = TimeGrid(start="2026-03-10T06:00:00Z", step_s=60, count=3)
        frames = key_frames(elements, grid)
        usable = propagate(elements, grid).status == 0
        assert (usable == np.isfinite(frames.offset_itrs_km[..., 0]).T).all()


def test_a_first_frame_without_a_state_leaves_the_later_ones_usable() -> None:
    from orbits.key_frames import _first_known

    position = np.array([[[np.nan] * 3, [1.0, 2, 3]], [[4.0, 5, 6], [7.0, 8, 9]]])
    assert _first_known(position).tolist() == [[4, 5, 6], [1, 2, 3]]
