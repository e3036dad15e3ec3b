"""`propagate`: shapes, statuses, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import ElementSets, Instants, InvalidValue, TimeGrid, propagate, states
from orbits.elements import ElementSets as Columns
from orbits.propagation import fill_states
from orbits.sgp4_core import initialise
from tests.orbits_of_note import CIRCULAR_LEO, EPOCH, all_eight, made_up
from tests.scalar_states import scalar_states

GRID = TimeGrid(start=EPOCH, step_s=300, count=12)
ONE_MILLIMETRE = 1e-6  # km
ONE_MICROMETRE_S = 1e-9  # km/s
LAST_DIGITS = 1e-8  # km: vector code takes another branch of Kepler's equation in another company of lanes


def with_column(elements: ElementSets, **changed: object) -> ElementSets:
    columns = {name: getattr(elements, name) for name in Columns.column_names()}
    return ElementSets(**{**columns, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("step_s", "count"), [(300, 12), (60, 1440), (5, 1000), (7.3, 333), (438, 700), (3600, 48), (60, 16), (60, 129)]
)
def test_a_grid_and_the_same_times_one_by_one_give_the_same_states(step_s: float, count: int) -> None:
    """Segments, lanes and the scalar kernel are three programs for one theory: a millimetre and a um/s apart."""
    grid = TimeGrid(start="2026-03-09T12:00:00Z", step_s=step_s, count=count)
    on_grid = propagate(all_eight(), grid)
    scalar = scalar_states(all_eight(), grid.instants)
    for ours in (on_grid, propagate(all_eight(), grid.instants)):
        assert ours.velocity_teme_km_s is not None
        np.testing.assert_array_equal(ours.status, scalar[2])
        np.testing.assert_allclose(ours.position_teme_km, scalar[0], rtol=0, atol=ONE_MILLIMETRE)
        np.testing.assert_allclose(ours.velocity_teme_km_s, scalar[1], rtol=0, atol=ONE_MICROMETRE_S)
    assert on_grid.position_teme_km.shape == (8, count, 3)
    assert on_grid.status.dtype == np.uint8
    bare = propagate(all_eight(), grid, velocities=False)
    np.testing.assert_allclose(bare.position_teme_km, on_grid.position_teme_km, rtol=0, atol=ONE_MILLIMETRE)
    if count > 100:
        threaded = propagate(all_eight(), grid, threads=2)
        np.testing.assert_array_equal(threaded.position_teme_km, on_grid.position_teme_km)


def test_the_order_of_the_times_does_not_matter() -> None:
    """The resonance integrator restarts from the epoch whenever a time lies behind it."""
    seconds = np.random.default_rng(3).uniform(-9e5, 9e5, 60)
    shuffled = propagate(all_eight(), Instants.after(EPOCH, seconds))
    for k in (0, 17, 59):
        alone = propagate(all_eight(), Instants.after(EPOCH, seconds[k : k + 1]))
        np.testing.assert_allclose(
            shuffled.position_teme_km[:, k], alone.position_teme_km[:, 0], rtol=0, atol=LAST_DIGITS
        )


def test_without_velocities_positions_are_the_same() -> None:
    bare = propagate(all_eight(), GRID, velocities=False)
    assert bare.velocity_teme_km_s is None
    np.testing.assert_allclose(
        bare.position_teme_km, propagate(all_eight(), GRID).position_teme_km, rtol=0, atol=LAST_DIGITS
    )


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


def test_blocks_hold_every_object_once_and_the_same_states() -> None:
    grid = TimeGrid(start=EPOCH, step_s=60, count=300)
    whole = propagate(all_eight(), grid)
    seen: list[int] = []
    for block in states(all_eight(), grid, objects=3):
        rows = np.searchsorted(whole.norad_id, block.norad_id, sorter=np.argsort(whole.norad_id))
        rows = np.argsort(whole.norad_id)[rows]
        np.testing.assert_allclose(
            block.position_teme_km, whole.position_teme_km[rows], rtol=0, atol=LAST_DIGITS, equal_nan=True
        )
        np.testing.assert_array_equal(block.status, whole.status[rows])
        seen += block.norad_id.tolist()
    assert seen == whole.norad_id.tolist()


def test_an_earlier_answers_memory_is_used_again_and_only_where_it_fits() -> None:
    first = propagate(all_eight(), GRID)
    before = np.array(first.position_teme_km)
    second = propagate(all_eight(), TimeGrid(start=EPOCH, step_s=60, count=12), out=first)
    assert np.shares_memory(second.position_teme_km, first.position_teme_km)
    assert not np.array_equal(before, first.position_teme_km, equal_nan=True)
    assert not second.position_teme_km.flags.writeable
    with pytest.raises(InvalidValue, match="must be an answer of 8 objects x 13 times, with velocities"):
        propagate(all_eight(), TimeGrid(start=EPOCH, step_s=60, count=13), out=first)
    with pytest.raises(InvalidValue, match="without velocities"):
        propagate(all_eight(), GRID, velocities=False, out=first)


@pytest.mark.parametrize("lead", [0, 1, 5])
def test_an_answer_larger_than_the_caches_is_the_same_wherever_its_memory_begins(lead: int) -> None:
    """Rows are written past the caches by whole vectors, each while the next is computed: none late, none lost."""
    elements, grid = all_eight(), TimeGrid(start=EPOCH, step_s=60, count=50_001)
    shape = (len(elements), 3, len(grid))
    size = len(elements) * 3 * len(grid)
    position, velocity = (np.full(lead + size, np.nan)[lead:].reshape(shape) for _ in range(2))
    status = np.full((len(elements), len(grid)), 99, dtype=np.uint8)
    fill_states(initialise(elements), grid, position, velocity, status, threads=1)
    for row in range(len(elements)):
        alone = propagate(elements[row : row + 1], grid)
        assert alone.velocity_teme_km_s is not None
        np.testing.assert_array_equal(status[row], alone.status[0])
        np.testing.assert_array_equal(position[row].T, alone.position_teme_km[0])
        np.testing.assert_array_equal(velocity[row].T, alone.velocity_teme_km_s[0])


def test_records_are_computed_once_for_the_same_element_sets() -> None:
    elements = all_eight()
    assert initialise(elements) is initialise(elements)
    assert initialise(elements) is not initialise(elements[:4])
