"""`propagate`: shapes, statuses, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import ElementSets, Instants, InvalidValue, TimeGrid, propagate
from orbits.elements import ElementSets as Columns
from tests.orbits_of_note import CIRCULAR_LEO, EPOCH, all_eight, made_up

GRID = TimeGrid(start=EPOCH, step_s=300, count=12)


def with_column(elements: ElementSets, **changed: object) -> ElementSets:
    columns = {name: getattr(elements, name) for name in Columns.column_names()}
    return ElementSets(**{**columns, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("step_s", "count"), [(300, 12), (60, 1440), (5, 1000), (7.3, 333), (438, 700), (3600, 48), (60, 16), (60, 129)]
)
def test_a_grid_and_the_same_times_one_by_one_give_the_same_states(step_s: float, count: int) -> None:
    """The grid's vector code and the scalar kernel are two programs for one theory: a millimetre and a um/s apart."""
    grid = TimeGrid(start="2026-03-09T12:00:00Z", step_s=step_s, count=count)
    on_grid = propagate(all_eight(), grid)
    one_by_one = propagate(all_eight(), grid.instants)
    assert on_grid.velocity_teme_km_s is not None
    np.testing.assert_array_equal(on_grid.status, one_by_one.status)
    np.testing.assert_allclose(on_grid.position_teme_km, one_by_one.position_teme_km, rtol=0, atol=1e-6)
    np.testing.assert_allclose(on_grid.velocity_teme_km_s, one_by_one.velocity_teme_km_s, rtol=0, atol=1e-9)
    assert on_grid.position_teme_km.shape == (8, count, 3)
    assert on_grid.status.dtype == np.uint8
    bare = propagate(all_eight(), grid, velocities=False)
    np.testing.assert_array_equal(bare.position_teme_km, on_grid.position_teme_km)
    if count > 100:
        threaded = propagate(all_eight(), grid, threads=2)
        np.testing.assert_array_equal(threaded.position_teme_km, on_grid.position_teme_km)


def test_the_order_of_the_times_does_not_matter() -> None:
    """The resonance integrator restarts from the epoch whenever a time lies behind it."""
    seconds = np.random.default_rng(3).uniform(-9e5, 9e5, 60)
    shuffled = propagate(all_eight(), Instants.after(EPOCH, seconds))
    for k in (0, 17, 59):
        alone = propagate(all_eight(), Instants.after(EPOCH, seconds[k : k + 1]))
        np.testing.assert_array_equal(shuffled.position_teme_km[:, k], alone.position_teme_km[:, 0])


def test_without_velocities_positions_are_the_same() -> None:
    bare = propagate(all_eight(), GRID, velocities=False)
    assert bare.velocity_teme_km_s is None
    np.testing.assert_array_equal(bare.position_teme_km, propagate(all_eight(), GRID).position_teme_km)


def test_sgp4_xp_sets_are_refused_with_status_7() -> None:
    states = propagate(with_column(CIRCULAR_LEO, ephemeris_type=[4]), GRID)
    assert (states.status == 7).all()
    assert np.isnan(states.position_teme_km).all()


def test_elements_that_give_no_number_have_status_8_and_spare_their_neighbours() -> None:
    broken = with_column(all_eight(), eccentricity=[0.001, 1.5, np.nan, 0.1, 2e-4, 2e-4, 0.001, 1e-7])
    states = propagate(broken, GRID)
    assert (states.status[1:3] == 8).all()
    assert (states.status[[0, 3, 4, 5]] == 0).all()


def test_nan_stands_exactly_where_the_status_is_not_zero() -> None:
    decaying = made_up("DECAYING", mean_motion=16.3, bstar=3e-3, anomaly=10.0)
    states = propagate(decaying, TimeGrid(start=EPOCH, step_s=600, count=600))
    assert 0 < (states.status != 0).sum() < 600
    np.testing.assert_array_equal(np.isnan(states.position_teme_km).any(axis=2), states.status != 0)


def test_answers_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        propagate(CIRCULAR_LEO, GRID).position_teme_km[0, 0, 0] = 1.0


def test_more_states_than_fit_are_refused_before_any_work() -> None:
    with pytest.raises(InvalidValue, match="ask in parts"):
        propagate(all_eight(), TimeGrid(start=EPOCH, step_s=1, count=100_000_000))


def test_the_newest_set_of_each_object_wins() -> None:
    older = made_up("OLD", mean_motion=15.0, norad_id=7)
    newer = made_up("NEW", mean_motion=15.1, norad_id=7, epoch="2026-03-11T00:00:00Z")
    other = made_up("OTHER", mean_motion=15.2, norad_id=3)
    assert ElementSets.concatenate([newer, older, other]).newest().name.tolist() == ["OTHER", "NEW"]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(InvalidValue, match="rows"):
        with_column(all_eight(), norad_id=[1])
