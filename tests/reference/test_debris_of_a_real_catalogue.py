"""Debris figures of real catalogues beside the project, against what others found and against a Monte Carlo.

Flux of 2022-03-01 from esa/cascade's benchmark population (19,647 objects, `reference/debris.json`); the catalogue here
is of a year later, so that agreement means within a quarter. Ranking of derelicts: McKnight et al. 2021, whose first
twenty are SL-16 stages.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSets, Instant, TimeSpan
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.screening import screen
from ssa.debris.congestion import rank_derelicts
from ssa.debris.density import spatial_density
from ssa.debris.density_shells import Shells, shell_times
from ssa.debris.flux import flux_on_orbit
from ssa.debris.population import Population, population_of
from ssa.debris.risk import debris_risk
from ssa.debris.risk_cells import group_rates
from ssa.debris.risk_cubes import cube_rates
from ssa.debris.risk_pairs import pair_rates

pytestmark = pytest.mark.real_data


@cache
def elements_of(shared: Path, file: str) -> ElementSets:
    elements = ElementSets.read(shared / "data" / "catalogs" / file)
    return elements[np.argsort(elements.norad_id, kind="stable")]


@cache
def population(shared: Path, file: str, day: str) -> Population:
    elements = elements_of(shared, file)
    facts = SatelliteFacts.read(shared / "data" / "satcat" / "satcat_assembled_2026-06.csv.gz")
    place = {number: row for row, number in enumerate(facts.norad_id.tolist())}
    rows = [place.get(number) for number in elements.norad_id.tolist()]

    def column(name: str) -> np.ndarray:
        values = np.empty(len(rows), dtype=object)
        values[:] = [None if row is None else getattr(facts, name)[row] for row in rows]
        return values

    names = ("owner", "object_type", "ops_status", "launch_date", "decay_date")
    rcs = np.array([np.nan if row is None else facts.rcs_m2[row] for row in rows])
    return population_of(
        CatalogueSnapshot(
            elements=elements, **{name: column(name) for name in names}, rcs_m2=rcs,
            as_of=Instant.parse(f"{day}T00:00:00Z"), data_mode="REAL", source="beside the project",
        )
    )  # fmt: skip


def of_2024(shared: Path) -> Population:
    return population(shared, "gp_2024-11-01_on-orbit.csv.gz", "2024-11-01")


@pytest.mark.parametrize(
    ("altitude_km", "inclination_deg", "per_m2_year", "speed_km_s"),
    [(415, 51.64, 3.96e-6, 7.5), (705, 98.2, 1.25e-5, 11.6), (800, 98.6, 1.9e-5, 11.2)],
)
def test_flux_is_that_of_the_year_before(
    shared: Path, altitude_km: float, inclination_deg: float, per_m2_year: float, speed_km_s: float
) -> None:
    whole = population(shared, "tle_2023-03-26_full.3le.gz", "2023-03-26")
    found = flux_on_orbit(whole, altitude_km=altitude_km, inclination_deg=inclination_deg)
    assert found.per_m2_year == pytest.approx(per_m2_year, rel=0.25)
    assert found.mean_speed_km_s == pytest.approx(speed_km_s, rel=0.05)


def test_old_shells_without_constellations_hold_what_they_held_in_2020(shared: Path) -> None:
    """Densities of January 2020 (MOCAT's catalogue) from 1,375 to 1,775 km, where little came or went."""
    of_2020 = np.array([3.99e-9, 1.04e-8, 1.28e-8, 6.47e-9, 2.90e-9, 2.34e-9, 2.15e-9, 1.28e-9])
    whole = population(shared, "tle_2023-03-26_full.3le.gz", "2023-03-26")
    found = spatial_density(whole, Shells.even(1350.0, 1750.0, 50.0)).per_km3
    assert found == pytest.approx(of_2020, rel=0.25)


def test_three_methods_agree_by_class_within_the_noise(shared: Path) -> None:
    whole = of_2024(shared)
    low = whole[whole.orbits.perigee_altitude_km < 2000.0]
    group = np.where(low.constellation == "Starlink", 3, np.minimum(low.object_class, 2))
    times = shell_times(low.orbits, Shells.whole_space())
    cells = group_rates(low, times, group, 4)
    pairs = pair_rates(low, times, group, 4)[1]
    large = pairs > 0.01
    assert cells[large] == pytest.approx(pairs[large], rel=0.02)
    cubes, error = cube_rates(low, group, 4, samples=300, seed=1)
    # A class that met too seldom in the samples shows too small an error: that of as many meetings as are expected.
    noise = error * np.sqrt(np.maximum(cells / np.maximum(cubes, 1e-12), 1.0))
    frequent = noise < 0.5 * cells
    assert frequent.sum() >= 5
    assert (np.abs(cubes - cells)[frequent] < 4.0 * noise[frequent]).all()


def test_the_worst_derelicts_are_the_stages_that_mcknight_names(shared: Path) -> None:
    whole = of_2024(shared)
    worst = rank_derelicts(debris_risk(whole))[:20]
    assert sum(str(whole.name[row]).startswith("SL-16 R/B") for row in worst) >= 15


def test_screening_finds_the_approaches_that_the_rates_expect(shared: Path) -> None:
    """Closure outside constellations: seven windows of two hours, one on each day of a week, at later and later hours.

    Passes within D of a target in a time T are flux x pi D^2 x T; over all pairs that is the collision rate of objects
    whose radii add up to D. The whole week is in docs/debris.md.
    """
    whole = of_2024(shared)
    low = whole[(whole.constellation == "") & (whole.orbits.apogee_altitude_km < 2000.0)]
    elements = elements_of(shared, "gp_2024-11-01_on-orbit.csv.gz")[low.rows]
    within_km, hours, found = 5.0, 2.0, 0
    start = Instant.parse("2024-11-01T00:00:00Z")
    for day in range(7):
        begin = start.plus_s(86400.0 * day + 3600.0 * 3 * day)
        found += len(screen(elements, TimeSpan(begin, begin.plus_s(3600.0 * hours)), miss_km=within_km).primary_row)
    points = replace(low, radius_m=np.full(len(low), 500.0 * within_km))
    everybody = np.zeros(len(low), dtype=np.int64)
    a_year = float(group_rates(points, shell_times(low.orbits, Shells.whole_space()), everybody, 1)[0, 0])
    expected = a_year * 7 * hours / (365.25 * 24.0)
    assert found > 5_000  # noise below 1.5 %
    assert expected == pytest.approx(found, rel=0.15)
