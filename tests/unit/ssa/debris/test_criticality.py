"""The criticality index: its factors one by one, and where there is none."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.criticality import criticality_of, relative_lives
from ssa.debris.mean_orbits import EARTH_RADIUS_KM, MeanOrbits
from ssa.debris.population import Population, population_of


@cache
def field() -> Population:
    return population_of(simulated_catalogue()[::20])


def with_body(altitude_km: float, inclination_deg: float = 90.0, mass_kg: float = 10_000.0, e: float = 1e-4) -> float:
    """The index of one more body in the field."""
    everything = field()
    orbits = everything.orbits
    moved = MeanOrbits(
        np.append(orbits.semi_major_axis_km[1:], EARTH_RADIUS_KM + altitude_km), np.append(orbits.eccentricity[1:], e),
        np.append(orbits.inclination_rad[1:], np.radians(inclination_deg)),
    )  # fmt: skip
    mass = np.append(everything.mass_kg[1:], mass_kg)
    return float(criticality_of(replace(everything, orbits=moved, mass_kg=mass), np.array([len(everything) - 1]))[0])


def test_the_index_grows_with_mass_and_not_otherwise() -> None:
    assert with_body(800.0, mass_kg=5_000.0) == pytest.approx(0.5 * with_body(800.0))


def test_planes_weigh_as_the_paper_says() -> None:
    # 1 + 0.6 (1 - cos i) / 2: 1 for an equatorial orbit, 1.3 for a polar, 1.6 for one that goes against all others
    assert with_body(800.0, 90.0) / with_body(800.0, 0.0) == pytest.approx(1.3)
    assert with_body(800.0, 180.0) / with_body(800.0, 0.0) == pytest.approx(1.6)


def test_lives_are_relative_to_a_thousand_kilometres_and_grow_with_height() -> None:
    heights, lives = relative_lives()
    assert np.interp(1000.0, heights, lives) == pytest.approx(1.0)
    assert (np.diff(lives) > 0.0).all()
    # a scale height of some 60 km at 500 km, of some 250 km at 1,000 km: e-fold by e-fold
    assert 3.0 < np.interp(600.0, heights, lives) / np.interp(500.0, heights, lives) < 8.0
    assert 1.5 < np.interp(1100.0, heights, lives) / np.interp(1000.0, heights, lives) < 2.5


def test_an_index_of_one_is_ten_tonnes_in_the_densest_shell_at_a_thousand_kilometres_against_all_others() -> None:
    alone = replace(
        field()[:2], orbits=MeanOrbits(np.full(2, EARTH_RADIUS_KM + 1000.0), np.full(2, 1e-4), np.full(2, np.pi)),
        mass_kg=np.full(2, 10_000.0),
    )  # fmt: skip
    # half of its time is below 1,000 km and half above, in two shells of about one density
    assert criticality_of(alone, np.array([0]))[0] == pytest.approx(1.0, rel=0.02)


def test_there_is_none_for_what_leaves_the_low_orbits() -> None:
    assert np.isnan(with_body(2100.0))
    assert np.isnan(with_body(1000.0, e=0.2))
    assert len(criticality_of(field(), np.zeros(0, dtype=np.int64))) == 0
