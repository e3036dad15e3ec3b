"""The hazard of a cloud: closed-form rates against published figures, the two methods against each other."""

import numpy as np
import pytest

from orbits.constants import EARTH_MU_KM3_S2
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris import cloud
from ssa.debris.breakup_events import break_up_object
from ssa.debris.breakup_orbits import FullOrbits, orbits_of_states
from ssa.debris.cloud import (
    EARLY_EDGES_DAYS,
    averaged_rates_per_year,
    cloud_hazard,
    field_moments,
    rates_with,
    shell_edges_km,
)
from ssa.debris.cloud_kernels import place_cloud
from ssa.debris.derelicts import rank_derelicts
from ssa.debris.mean_orbits import EARTH_RADIUS_KM, MeanOrbits
from ssa.debris.population import population_of


@pytest.fixture(scope="module")
def sky():
    catalogue = simulated_catalogue()
    return catalogue, population_of(catalogue)


@pytest.fixture(scope="module")
def storm(sky):
    """A rocket body of low orbit, broken up, and some satellites near its height."""
    catalogue, population = sky
    perigee, apogee = population.orbits.perigee_altitude_km, population.orbits.apogee_altitude_km
    stage = np.flatnonzero((population.object_class == 1) & (perigee > 750) & (apogee < 1000))[0]
    event = break_up_object(catalogue, population, int(population.norad_id[stage]), at="2026-01-02T00:00:00Z", seed=3)
    near = np.flatnonzero(population.is_manoeuvrable & (perigee > 500) & (apogee < 1100))[::40]
    assets = population[near]
    hazard = cloud_hazard(event.break_up.fragments, event.orbits, event.at, assets, catalogue.elements[assets.rows])
    return event, assets, hazard


# Öpik in closed form, `reference/debris.json`: R = 1 m each, both evenly spread over a 10 km shell.
@pytest.mark.parametrize(
    ("altitude_km", "first_deg", "second_deg", "per_year"),
    [(800, 51.6, 98, 5.384276e-07), (550, 53, 53, 4.027423e-07)],
)
def test_pair_rate_is_the_published_one(sky, altitude_km, first_deg, second_deg, per_year):
    asset = sky[1][0]
    edges = shell_edges_km()
    shell = int(np.searchsorted(edges, EARTH_RADIUS_KM + altitude_km + 1) - 1)
    moments = np.zeros((len(edges) - 1, 1800, 3))  # tenths of a degree: the published figures are exact
    degree = min(int(second_deg * 10), 1799)
    moments[shell, degree] = [1.0, 1e-3, 1e-6]
    object.__setattr__(asset, "radius_m", np.array([1.0]))
    middle = 0.5 * (edges[shell] + edges[shell + 1])
    # wholly inside the shell, so that its time there is 1
    orbit = MeanOrbits(np.array([middle]), np.array([4.9 / middle]), np.radians([first_deg]))
    object.__setattr__(asset, "orbits", orbit)
    assert rates_with(moments, asset)[0] == pytest.approx(per_year, rel=0.01)


def test_time_in_shells_sums_to_one():
    shapes = MeanOrbits(np.array([7000.0, 7500.0, 26000.0]), np.array([0.0, 0.05, 0.7]), np.array([0.5, 1.0, 1.1]))
    moments = field_moments(shapes, np.array([1e-3, 1e-3, 1e-3]))
    assert moments[:, :, 0].sum() == pytest.approx(3.0, abs=1e-9)


def test_twice_the_radius_is_four_times_the_rate_of_points(sky):
    assets = sky[1][:50]
    shapes = sky[1].orbits[:5000]
    once = averaged_rates_per_year(assets, shapes, np.zeros(5000))
    object.__setattr__(assets, "radius_m", 2.0 * assets.radius_m)
    assert averaged_rates_per_year(assets, shapes, np.zeros(5000)) == pytest.approx(4.0 * once, rel=1e-12)


def test_placed_pieces_are_where_two_bodies_put_them():
    position, velocity = np.array([[7000.0, 100.0, 50.0]]), np.array([[0.1, 5.0, 6.0]])
    orbit = orbits_of_states(position, velocity)
    found, speed = np.zeros((1, 3)), np.zeros((1, 3))
    place_cloud(0.0, *_columns(orbit), found, speed)
    one_metre = 1e-3  # km
    assert found == pytest.approx(position, abs=one_metre)
    assert speed == pytest.approx(velocity, abs=1e-6)
    place_cloud(3000.0, *_columns(orbit), found, speed)
    energy = 0.5 * (speed**2).sum() - EARTH_MU_KM3_S2 / np.linalg.norm(found)
    assert energy == pytest.approx(-0.5 * EARTH_MU_KM3_S2 / orbit.semi_major_axis_km[0], rel=1e-9)


def _columns(orbit):
    return [np.ascontiguousarray(getattr(orbit, name)) for name in FullOrbits.__dataclass_fields__]


def test_cloud_goes_down_and_its_hazard_with_it(storm):
    _, _, hazard = storm
    assert (np.diff(hazard.pieces_left) <= 0).all()
    assert hazard.pieces_left[0] <= hazard.pieces
    total = hazard.late_rate_per_year.sum(axis=0)
    assert total[0] > total[-1] > 0.0
    assert (hazard.late_rate_per_year >= 0).all()
    assert hazard.first_14_days.sum() == pytest.approx(
        (hazard.early_rate_per_year.sum(axis=0) * np.diff(EARLY_EDGES_DAYS)).sum() / 365.25
    )


def test_counted_rate_and_averaged_rate_agree_when_nodes_are_spread(sky, storm, monkeypatch):
    """The same pieces with nodes, perigees and anomalies at random: both methods measure the same rate."""
    catalogue, population = sky
    event, _, _ = storm
    perigee, apogee = population.orbits.perigee_altitude_km, population.orbits.apogee_altitude_km
    assets = population[np.flatnonzero(population.is_manoeuvrable & (perigee > 500) & (apogee < 1100))[::10]]
    object.__setattr__(assets, "radius_m", np.ones(len(assets)))  # so that no few large ones make the noise
    monkeypatch.setattr(cloud, "_PLACED_PAIRS", 1.2e9)
    draws = np.random.default_rng(5)
    count = len(event.orbits)
    turns = draws.uniform(0, 2 * np.pi, (3, count))
    spread = FullOrbits(
        event.orbits.semi_major_axis_km, event.orbits.eccentricity, event.orbits.inclination_rad, *turns
    )
    hazard = cloud_hazard(event.break_up.fragments, spread, event.at, assets, catalogue.elements[assets.rows])
    early = (hazard.early_rate_per_year.sum(axis=0)).mean()
    pairs = hazard.pairs_counted.sum()
    assert pairs > 800
    stays = np.flatnonzero(event.orbits.stays)
    radius_km = np.sqrt(event.break_up.fragments.area_m2[stays] / np.pi) / 1e3
    late = averaged_rates_per_year(assets, event.orbits.shapes[stays], radius_km).sum()
    assert early == pytest.approx(late, rel=0.1)  # noise of the count is 3 %, heights are smoothed over 50 km


def test_same_seed_gives_the_same_hazard(sky, storm):
    catalogue, _ = sky
    event, assets, hazard = storm
    again = cloud_hazard(event.break_up.fragments, event.orbits, event.at, assets, catalogue.elements[assets.rows])
    assert again.early_rate_per_year.tobytes() == hazard.early_rate_per_year.tobytes()
    assert "pairs counted" in " ".join(hazard.caveats)


def test_ranking_puts_chance_times_consequence_in_order(sky):
    catalogue, population = sky
    fleet = population[np.flatnonzero(population.is_manoeuvrable & (population.owner == "FR"))]
    found = rank_derelicts(catalogue, population, fleet, at=catalogue.as_of, computed=12)
    assert len(found) == 12
    assert (np.diff(found.index) <= 0).all()
    assert found.index == pytest.approx(found.catastrophic_per_year * found.added_per_year)
    assert not np.isin(population.norad_id[found.rows], fleet.norad_id).any()
    assert found.considered > 1000
