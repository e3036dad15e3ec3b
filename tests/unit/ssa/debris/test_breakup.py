"""The break-up model against its own laws, the published figures of `reference/debris.json`, and conservation."""

import numpy as np
import pytest

from orbits import InvalidValue
from orbits.constants import EARTH_MU_KM3_S2
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris import breakup_laws as laws
from ssa.debris.breakup import Body, collide, explode
from ssa.debris.breakup_events import break_up_object
from ssa.debris.breakup_orbits import orbits_after, orbits_of_states
from ssa.debris.population import population_of
from ssa.draws import Draws

STAGE = Body(mass_kg=2000.0, length_m=6.0, is_rocket_body=True)
SATELLITE = Body(mass_kg=560.0, length_m=3.0)
COSMOS = Body(mass_kg=950.0, length_m=3.0)


# Johnson et al. 2001, equations 2 and 4; the masses are those of ESA's test of Iridium 33 and Cosmos 2251.
@pytest.mark.parametrize(
    ("length_m", "collision", "explosion"), [(0.05, 4064.377, 724.1012), (0.1, 1242.318, 238.8643)]
)
def test_counts_are_the_published_ones(length_m, collision, explosion):
    mass = laws.collision_mass_kg(heavier_kg=950, lighter_kg=560, relative_speed_km_s=11.7)
    assert laws.collision_count(length_m, mass) == pytest.approx(collision, abs=0.001)
    assert laws.explosion_count(length_m) == pytest.approx(explosion, abs=0.0001)


# `breakup_events` of reference/debris.json: Fengyun-1C alone, 880 to 958 kg; 3,549 were catalogued, four times as many.
@pytest.mark.parametrize(("mass_kg", "pieces"), [(880, 830), (958, 880)])
def test_count_of_fengyun_1c_is_the_published_one(mass_kg, pieces):
    assert laws.collision_count(0.1, mass_kg) == pytest.approx(pieces, rel=0.01)


def test_count_of_the_nasa_cara_unit_test():
    mass = laws.collision_mass_kg(heavier_kg=2000, lighter_kg=1000, relative_speed_km_s=10)
    assert round(laws.collision_count(0.05, mass)) == 6801


@pytest.mark.parametrize(("target_kg", "critical_kg"), [(1000.0, 0.8), (260.0, 0.208)])
def test_forty_joules_per_gram_break_the_whole_body(target_kg, critical_kg):
    assert laws.is_catastrophic(heavier_kg=target_kg, lighter_kg=critical_kg, relative_speed_km_s=10.0)
    assert not laws.is_catastrophic(heavier_kg=target_kg, lighter_kg=0.999 * critical_kg, relative_speed_km_s=10.0)


def test_mass_in_the_count_of_a_partial_hit_is_corrected_to_speed_squared():
    assert laws.collision_mass_kg(heavier_kg=1000, lighter_kg=0.1, relative_speed_km_s=10) == pytest.approx(10.0)


@pytest.mark.parametrize(("chi", "collision", "explosion"), [(-1.0, 100.0, 44.66836), (0.0, 794.3282, 70.79458)])
def test_median_speeds_are_the_published_ones(chi, collision, explosion):
    assert 10.0 ** laws.middle_log_speed(np.array([chi]), True)[0] == pytest.approx(collision, rel=1e-6)
    assert 10.0 ** laws.middle_log_speed(np.array([chi]), False)[0] == pytest.approx(explosion, rel=1e-6)


# Moments of equation 5 integrated; a sum of variates in place of the mixture would have a spread of 0.26 at 0.3 m.
@pytest.mark.parametrize(("length_m", "mean", "spread"), [(0.3, -1.0636, 0.4989), (1.0, -1.181, 0.5284)])
def test_area_to_mass_is_a_mixture_of_densities(length_m, mean, spread):
    drawn = laws.draw_log_area_to_mass(np.full(200_000, length_m), False, Draws(1))
    assert drawn.mean() == pytest.approx(mean, abs=0.005)
    assert drawn.std() == pytest.approx(spread, abs=0.005)


@pytest.mark.parametrize("rocket_body", [True, False])
def test_mean_mass_is_the_mean_of_drawn_masses(rocket_body):
    lengths = np.full(200_000, 0.095)
    drawn = laws.area_m2(lengths) / 10.0 ** laws.draw_log_area_to_mass(lengths, rocket_body, Draws(3))
    assert laws.mean_mass_kg(lengths[:1], rocket_body)[0] == pytest.approx(drawn.mean(), rel=0.03)


def test_lengths_follow_the_inverse_of_the_power_law():
    # esa/NASA-breakup-model-cpp: 0.05 m, exponent -2.71, u = 0.0966, no longest length
    class One(Draws):
        def uniform(self, count, low=0.0, high=1.0):
            return np.full(count, 0.0966)

    assert laws.draw_lengths_m(1, 0.05, np.inf, 1.71, One(0))[0] == pytest.approx(0.05306047, abs=1e-8)


def test_spread_laws_are_positive_everywhere():
    lengths = np.geomspace(1e-3, 20.0, 400)
    for rocket_body in (True, False):
        chance, _, first, _, second = laws.large_piece_laws(lengths, rocket_body)
        assert (first > 0).all()
        assert (second > 0).all()
        assert ((chance >= 0) & (chance <= 1)).all()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("smallest_m", [0.01, 0.1, 0.5])
def test_mass_is_conserved_in_every_event(seed, smallest_m):
    explosion = explode(STAGE, smallest_m=smallest_m, seed=seed)
    total = collide(SATELLITE, COSMOS, relative_speed_km_s=11.7, smallest_m=smallest_m, seed=seed)
    partial = collide(
        STAGE, Body(mass_kg=0.01, length_m=0.02), relative_speed_km_s=11.7, smallest_m=smallest_m, seed=seed
    )
    for event in (explosion, total, partial):
        whole = sum(body.mass_kg for body in event.bodies)
        assert event.fragments.mass_kg.sum() + event.dust_kg == pytest.approx(whole, rel=1e-12)
        assert (event.fragments.mass_kg > 0).all()
        assert event.dust_kg >= 0
    assert total.is_catastrophic
    assert not partial.is_catastrophic
    assert partial.fragments.ejection_km_s[-1].tolist() == [0.0, 0.0, 0.0]  # the holed body keeps its orbit
    for index, body in enumerate(total.bodies):
        assert total.fragments.mass_kg[total.fragments.parent == index].sum() <= body.mass_kg * (1 + 1e-12)


def test_number_of_pieces_is_the_law_s_on_average():
    counts = [(~explode(STAGE, seed=seed).fragments.is_remnant).sum() for seed in range(40)]
    expected = laws.explosion_count(0.1) - laws.explosion_count(STAGE.length_m)
    assert np.mean(counts) == pytest.approx(expected, abs=2.0)


def test_same_seed_gives_the_same_pieces_and_another_seed_others():
    first, again, other = (explode(STAGE, seed=seed).fragments for seed in (4, 4, 5))
    assert first.ejection_km_s.tobytes() == again.ejection_km_s.tobytes()
    assert first.ejection_km_s[:5].tobytes() != other.ejection_km_s[:5].tobytes()


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: Body(mass_kg=0.0, length_m=1.0), "mass_kg"),
        (lambda: Body(mass_kg=1.0, length_m=float("nan")), "length_m"),
        (lambda: explode(STAGE, smallest_m=0.001), "smallest_m"),
        (lambda: explode(STAGE, scale=0.0), "scale"),
        (lambda: explode(STAGE, smallest_m=0.005, scale=100), "smallest_m"),
        (lambda: collide(STAGE, COSMOS, relative_speed_km_s=-1.0), "relative_speed_km_s"),
    ],
)
def test_values_that_cannot_be_used_are_told(call, field):
    with pytest.raises(InvalidValue) as error:
        call()
    assert error.value.field == field


def test_orbits_of_states_give_back_the_states():
    position = np.array([[7000.0, 0, 0], [0.0, 7000.0, 10.0], [1000.0, -4000.0, 8000.0]])
    velocity = np.array([[0.0, 5.0, 5.8], [-7.4, 0.3, 0.9], [6.0, 1.0, 1.5]])
    found = orbits_of_states(position, velocity)
    for row in range(3):
        a, e, i = found.semi_major_axis_km[row], found.eccentricity[row], found.inclination_rad[row]
        node, perigee, mean = found.raan_rad[row], found.argument_of_perigee_rad[row], found.mean_anomaly_rad[row]
        anomaly = mean
        for _ in range(60):
            anomaly -= (anomaly - e * np.sin(anomaly) - mean) / (1 - e * np.cos(anomaly))
        flat = a * np.array([np.cos(anomaly) - e, np.sqrt(1 - e * e) * np.sin(anomaly), 0.0])
        turn = _about_z(node) @ _about_x(i) @ _about_z(perigee)
        assert turn @ flat == pytest.approx(position[row], abs=1e-6)
        speed = np.sqrt(EARTH_MU_KM3_S2 * (2 / np.linalg.norm(flat) - 1 / a))
        assert speed == pytest.approx(np.linalg.norm(velocity[row]), abs=1e-9)


def _about_z(angle):
    return np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]])


def _about_x(angle):
    return np.array([[1.0, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])


def test_gabbard_arms_meet_at_the_height_of_the_parent():
    position, height = np.array([7178.137, 0.0, 0.0]), 800.0
    velocity = np.array([0.0, np.sqrt(EARTH_MU_KM3_S2 / 7178.137), 0.0])
    ejection = np.zeros((21, 3))
    ejection[:, 1] = np.linspace(-0.1, 0.1, 21)
    found = orbits_after(position, velocity, ejection)
    slower, faster = found.period_min < found.period_min[10] - 1e-9, found.period_min > found.period_min[10] + 1e-9
    assert found.apogee_altitude_km[slower] == pytest.approx(np.full(10, height), abs=1e-6)
    assert found.perigee_altitude_km[faster] == pytest.approx(np.full(10, height), abs=1e-6)


def test_a_piece_that_is_fast_enough_leaves_the_earth():
    found = orbits_after(np.array([7000.0, 0, 0]), np.array([0, 7.5, 0]), np.array([[0, 4.0, 0], [0, -1.0, 0]]))
    assert found.leaves_earth.tolist() == [True, False]
    assert found.falls_at_once.tolist() == [False, True]
    assert found.stays.tolist() == [False, False]


@pytest.fixture(scope="module")
def sky():
    catalogue = simulated_catalogue()
    return catalogue, population_of(catalogue)


def test_a_catalogued_stage_explodes_where_it_flies(sky):
    catalogue, population = sky
    stage = int(np.flatnonzero(population.object_class == 1)[0])
    event = break_up_object(catalogue, population, int(population.norad_id[stage]), at="2026-01-02T00:00:00Z", seed=7)
    assert len(event.orbits) == len(event.break_up.fragments)
    assert event.break_up.bodies[0].is_rocket_body
    inside = event.orbits.stays
    tolerance_km = 1e-6
    assert (event.orbits.perigee_altitude_km[inside] <= event.altitude_km + tolerance_km).all()
    assert (event.orbits.apogee_altitude_km[inside] >= event.altitude_km - tolerance_km).all()


def test_two_catalogued_objects_collide_at_the_speed_of_their_orbits(sky):
    catalogue, population = sky
    low = np.flatnonzero((population.orbits.apogee_altitude_km < 1000) & (population.object_class == 1))[:2]
    first, second = (int(number) for number in population.norad_id[low])
    event = break_up_object(catalogue, population, first, at="2026-01-02T00:00:00Z", with_norad_id=second)
    speeds = np.linalg.norm(event.velocity_teme_km_s, axis=1)
    energy = event.break_up.specific_energy_j_g
    assert energy is not None
    masses = sorted(body.mass_kg for body in event.break_up.bodies)
    relative = np.sqrt(energy * 1e3 * masses[1] * 2 / masses[0]) / 1e3
    assert abs(speeds[0] - speeds[1]) - 1e-9 <= relative <= speeds.sum()


def test_an_object_that_is_not_there_is_told(sky):
    with pytest.raises(InvalidValue, match="not in orbit in this catalogue"):
        break_up_object(*sky, 5, at="2026-01-02T00:00:00Z")
