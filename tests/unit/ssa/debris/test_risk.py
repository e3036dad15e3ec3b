"""Collision rates: the published check values, three methods against each other, and what must add up."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from orbits.errors import InvalidValue
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.density_shells import Shells, shell_times
from ssa.debris.mean_orbits import MeanOrbits
from ssa.debris.population import Population, population_of
from ssa.debris.risk import DebrisRisk, debris_risk, exposure_of
from ssa.debris.risk_cells import YEAR_S, group_rates, mass_class, object_rates, per_volume
from ssa.debris.risk_cubes import cube_rates
from ssa.debris.risk_geometry import crossing_factor, crossing_tables
from ssa.debris.risk_pairs import pair_rates


@cache
def part() -> Population:
    """Every eighth object of the simulated catalogue."""
    return population_of(simulated_catalogue()[::8])


@cache
def answer() -> DebrisRisk:
    return debris_risk(part())


@pytest.mark.parametrize(
    ("one", "two", "value"), [(51.6, 98.0, 1.853121), (53.0, 53.0, 1.268573), (0.0, 90.0, 1.414214)]
)
def test_crossing_factor_has_the_values_of_the_numerical_mean(one: float, two: float, value: float) -> None:
    assert crossing_factor(np.radians(one), np.radians(two)) == pytest.approx(value, abs=1e-6)


def test_isotropic_planes_give_the_kinetic_gas() -> None:
    weight = np.sin(np.radians(np.arange(180) + 0.5))
    both = weight[:, None] * weight / weight.sum() ** 2
    assert (crossing_tables().factor * both).sum() == pytest.approx(2.0, abs=0.002)
    # The mean of v_rel / v over collisions is pi / 2: that of v_rel^2 over that of v_rel, with 2 and 4 / pi.
    assert 2.0 * (crossing_tables().speed * both).sum() / 2.0 == pytest.approx(np.pi / 2.0, rel=0.002)


def test_tables_are_means_of_the_closed_form_and_split_it_by_speed() -> None:
    tables = crossing_tables()
    places = np.radians((np.arange(20) + 0.5) / 20.0)
    for one, two in ((53, 53), (51, 98), (97, 97), (98, 81), (89, 90)):
        mean = crossing_factor(np.radians(one) + places[:, None], np.radians(two) + places).mean()
        assert tables.factor[one, two] == pytest.approx(mean, rel=2e-3)
    assert tables.faster[:, :, 0] == pytest.approx(tables.factor)
    assert (np.diff(tables.faster, axis=2) <= 1e-7).all()  # K by a polynomial is good to 2e-8


@pytest.mark.parametrize(
    ("inclinations", "altitude_km", "per_year"),
    [((51.6, 98.0), 800.0, 5.384276e-7), ((53.0, 53.0), 550.0, 4.027423e-7)],
)
def test_two_objects_of_one_metre_meet_as_often_as_the_formula_says(
    inclinations: tuple[float, float], altitude_km: float, per_year: float
) -> None:
    shell = Shells(np.array([altitude_km - 5.0, altitude_km + 5.0]))
    rate = (2e-3) ** 2 * crossing_factor(*np.radians(inclinations)) * per_volume(shell)[0] * YEAR_S
    assert rate == pytest.approx(per_year, rel=1e-6)


def test_cells_and_pairs_agree_for_each_class_and_each_object() -> None:
    times = shell_times(part().orbits, Shells.whole_space())
    cells = group_rates(part(), times, part().object_class, 4)
    single, pairs = pair_rates(part(), times, part().object_class, 4)
    large = pairs > 1e-4
    assert cells[large] == pytest.approx(pairs[large], rel=0.03)
    assert np.triu(cells).sum() == pytest.approx(np.triu(pairs).sum(), rel=0.01)
    rates = object_rates(part(), times)
    counted = single > 1e-7
    ratio = rates.per_year[counted] / single[counted]
    assert np.abs(np.median(ratio) - 1.0) < 0.02
    assert np.percentile(np.abs(ratio - 1.0), 90) < 0.1


def test_cells_and_cubes_agree_within_the_noise_of_the_cubes() -> None:
    low = part()[part().orbits.perigee_altitude_km < 1000.0]
    large = Population(**{**vars(low), "radius_m": np.full(len(low), 3.0)})
    group = np.zeros(len(large), dtype=np.int64)
    cells = group_rates(large, shell_times(large.orbits, Shells.whole_space()), group, 1)
    cubes, error = cube_rates(large, group, 1, samples=1500, seed=3)
    assert error[0, 0] < 0.15 * cells[0, 0]
    assert abs(cubes[0, 0] - cells[0, 0]) < 3.0 * error[0, 0]


def test_the_matrix_sums_to_the_total_and_so_do_the_objects() -> None:
    total = answer().total_per_year
    assert total > 0.0
    assert answer().rates.per_year.sum() / 2.0 == pytest.approx(total, rel=1e-9)
    assert answer().residual_per_year.sum() / 2.0 == pytest.approx(answer().residual_total_per_year, rel=1e-9)
    assert answer().owners_per_year == pytest.approx(answer().owners_per_year.T)
    assert answer().residual_total_per_year < total


def test_doubling_the_radii_quadruples_the_rates() -> None:
    twice = Population(**{**vars(part()), "radius_m": 2.0 * part().radius_m})
    times = shell_times(part().orbits, Shells.whole_space())
    assert object_rates(twice, times).per_year == pytest.approx(4.0 * object_rates(part(), times).per_year)


def test_one_object_alone_meets_nobody() -> None:
    alone = part()[:1]
    risk = debris_risk(alone)
    assert risk.rates.per_year[0] == pytest.approx(0.0, abs=1e-18)
    assert np.isnan(risk.catastrophic_fraction[0])


def test_a_catastrophic_collision_needs_forty_joules_per_gram_of_the_larger() -> None:
    """One heavy and one small object in crossing circles: at 10 km/s the limit is 1,250 to one in mass."""
    orbits = MeanOrbits(np.full(2, 7178.0), np.zeros(2), np.radians([40.5, 130.5]))
    pair = part()[:2]
    times = shell_times(orbits, Shells.whole_space())
    found = {}
    for small_kg in (100.0, 0.01):
        both = Population(**{**vars(pair), "orbits": orbits, "mass_kg": np.array([1000.0, small_kg])})
        rates = object_rates(both, times)
        found[small_kg] = rates.catastrophic_per_year[0] / rates.per_year[0]
    assert found[100.0] == pytest.approx(1.0, abs=0.02)
    assert found[0.01] == 0.0


def test_the_part_of_a_field_is_the_whole_when_all_are_in_it_and_parts_add_up() -> None:
    times = shell_times(part().orbits, Shells.whole_space())
    debris = part().object_class == 2
    whole = object_rates(part(), times).per_year
    split = object_rates(part(), times, field=debris).per_year + object_rates(part(), times, field=~debris).per_year
    assert split == pytest.approx(whole, rel=1e-9, abs=1e-18)


def test_exposure_of_a_fleet_is_the_sum_of_its_rates_with_inner_meetings_once() -> None:
    fleet = (part().owner == "FR") | (part().owner == "US")
    found = exposure_of(answer(), fleet)
    expected = answer().rates.per_year[fleet].sum() - found.within_fleet_per_year
    assert found.matrix_per_year.sum() == pytest.approx(expected, rel=1e-6)
    assert sum(found.by_class_per_year.values()) == pytest.approx(found.matrix_per_year.sum(), rel=1e-6)
    assert found.matrix_residual_per_year.sum() <= found.matrix_per_year.sum()
    assert found.fleet_owner_names == ("FR", "US")
    with pytest.raises(InvalidValue, match="no object of the fleet"):
        exposure_of(answer(), np.zeros(len(part()), dtype=bool))


def test_never_failing_to_avoid_leaves_only_what_drifts() -> None:
    none = debris_risk(part(), avoidance_failure=0.0)
    assert none.residual_per_year[part().is_manoeuvrable].max() == 0.0
    assert none.residual_total_per_year < answer().residual_total_per_year
    with pytest.raises(InvalidValue, match="from 0"):
        debris_risk(part(), avoidance_failure=1.5)


def test_probability_grows_with_years_and_stays_below_one() -> None:
    assert (answer().probability(1.0) <= answer().rates.per_year).all()
    assert answer().probability(1e9).max() <= 1.0


def test_mass_classes_hold_half_a_decade() -> None:
    assert mass_class(np.array([1e-9, 1e-4, 1.0, 3.0, 3.2, 1e9])).tolist() == [0, 0, 8, 8, 9, 19]
