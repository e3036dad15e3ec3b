"""Flux on an orbit and rankings: against the rates they come from, and in the shape that geometry demands."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from orbits.errors import InvalidValue
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.congestion import rank_derelicts, rank_shells
from ssa.debris.flux import AZIMUTH_EDGES_DEG, SPEED_EDGES_KM_S, OrbitFlux, flux_on_orbit
from ssa.debris.mean_orbits import MeanOrbits
from ssa.debris.population import Population, population_of
from ssa.debris.risk import DebrisRisk, debris_risk
from ssa.debris.risk_cells import YEAR_S


@cache
def part() -> Population:
    return population_of(simulated_catalogue()[::8])


@cache
def sun_synchronous() -> OrbitFlux:
    return flux_on_orbit(part(), altitude_km=800.0, inclination_deg=98.6)


@cache
def risk() -> DebrisRisk:
    return debris_risk(part())


def test_flux_by_speed_and_azimuth_and_by_size_adds_up() -> None:
    found = sun_synchronous()
    assert found.by_speed_azimuth.sum() == pytest.approx(found.per_m2_year)
    assert (np.diff(found.by_size) <= 0.0).all()
    assert found.by_size[0] <= found.per_m2_year


def test_flux_is_density_times_the_mean_relative_speed() -> None:
    found = sun_synchronous()
    per_m2_year = found.density_per_km3 * found.mean_speed_km_s * YEAR_S * 1e-6
    assert per_m2_year == pytest.approx(found.per_m2_year)
    assert found.mean_speed_km_s < found.mean_arrival_speed_km_s  # the fast arrive more often


def test_the_butterfly_is_even_on_both_sides_and_ties_speed_to_azimuth() -> None:
    rose = sun_synchronous().by_speed_azimuth
    assert rose == pytest.approx(rose[:, ::-1], abs=rose.max() * 1e-9)
    speed = 0.5 * (SPEED_EDGES_KM_S[1:] + SPEED_EDGES_KM_S[:-1])
    azimuth = 0.5 * (AZIMUTH_EDGES_DEG[1:] + AZIMUTH_EDGES_DEG[:-1])
    fast, side = np.nonzero(rose > rose.max() * 1e-6)
    twice_circular = 2.0 * 7.4519  # km/s at 800 km
    assert np.abs(speed[fast] - twice_circular * np.cos(np.radians(azimuth[side]))).max() < 1.0  # a step of each


def test_an_equatorial_orbit_meets_polar_objects_at_right_angles() -> None:
    orbits = MeanOrbits(np.full(2, 7178.0), np.zeros(2), np.radians([90.5, 90.5]))
    polar = Population(**{**vars(part()[:2]), "orbits": orbits})
    found = flux_on_orbit(polar, altitude_km=800.0, inclination_deg=0.5)
    assert found.mean_arrival_speed_km_s == pytest.approx(
        np.sqrt(2.0) * 7.4519, rel=0.01
    )  # planes cross at 89 to 91 deg


@pytest.mark.parametrize(("field", "given"), [("altitude_km", 10.0), ("inclination_deg", 181.0)])
def test_an_orbit_that_is_none_is_refused(field: str, given: float) -> None:
    with pytest.raises(InvalidValue, match=field):
        flux_on_orbit(part(), **{"altitude_km": 800.0, "inclination_deg": 50.0, field: given})


def test_shells_hold_all_of_the_rate_between_them() -> None:
    ranking = rank_shells(risk())
    low = part().orbits.apogee_altitude_km < 1990.0
    low &= part().orbits.perigee_altitude_km > 210.0
    assert ranking.collisions_per_year.sum() >= risk().rates.per_year[low].sum() / 2.0
    assert ranking.collisions_per_year.sum() <= risk().total_per_year * (1.0 + 1e-9)
    assert (ranking.residual_collisions_per_year <= ranking.collisions_per_year * (1.0 + 1e-9)).all()
    assert (np.diff(ranking.collisions_per_year[ranking.order]) <= 0.0).all()


def test_passes_within_a_kilometre_are_those_of_the_flux() -> None:
    """One inclination and one shell: flux times pi km2 times a year."""
    orbits = MeanOrbits(np.full(2, 7153.137), np.full(2, 0.0034), np.radians([53.5, 53.5]))
    pair = debris_risk(Population(**{**vars(part()[:2]), "orbits": orbits}))
    ranking = rank_shells(pair)
    shell = int(np.searchsorted(ranking.shells.edges_km, 775.0) - 1)
    flux = flux_on_orbit(pair.population, altitude_km=775.0, inclination_deg=53.5, band_km=50.0)
    passes = flux.per_m2_year * np.pi * 1e6
    assert ranking.passes_within_km_per_year[shell] == pytest.approx(passes, rel=0.01)


def test_derelicts_are_bodies_that_drift_ranked_by_the_pieces_they_would_make() -> None:
    rows = rank_derelicts(risk())
    assert not part().is_manoeuvrable[rows].any()
    assert set(part().object_class[rows].tolist()) <= {0, 1}
    assert (np.diff(risk().residual_fragments_per_year[rows]) <= 0.0).all()
