"""The rules against lives that can be foretold: what passes, what fails, what is set apart."""

import numpy as np
import pytest

from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.compliance import VERDICTS, compliance_of
from ssa.debris.population import population_of


@pytest.fixture(scope="module")
def found():
    catalogue = simulated_catalogue()
    population = population_of(catalogue)[::250]
    elements = catalogue.elements[population.rows]
    return population, compliance_of(elements, population)


def test_each_object_gets_one_verdict_by_rule_and_they_are_counted(found):
    _, answer = found
    for rule in answer.counts().values():
        assert sum(rule.values()) == len(answer)
    assert answer.counts()["5_years"]["fail"] > 0
    assert answer.counts()["25_years"]["not in low orbit"] > 0


def test_five_years_are_harder_than_twenty_five(found):
    counts = found[1].counts()
    assert counts["5_years"]["pass"] < counts["25_years"]["pass"]
    assert counts["5_years"]["fail"] > counts["25_years"]["fail"]


def test_an_active_sun_shortens_every_life(found):
    lives = found[1].life_years
    both = np.isfinite(lives).all(axis=1)
    assert both.any()
    assert (lives[both, 0] >= lives[both, 1]).all()
    assert (lives[both, 1] >= lives[both, 2]).all()


def test_what_flies_high_is_set_apart_or_fails(found):
    population, answer = found
    perigee, apogee = population.orbits.perigee_altitude_km, population.orbits.apogee_altitude_km
    assert (answer.verdict[perigee > 2000] == VERDICTS.index("not in low orbit")).all()
    stays = (perigee > 900) & (perigee < 2000) & (apogee < 9000) & np.isfinite(answer.ballistics.value_m2_kg)
    heavy = stays & (answer.ballistics.value_m2_kg < 0.1)
    assert (answer.verdict[heavy] == VERDICTS.index("fail")).all()
