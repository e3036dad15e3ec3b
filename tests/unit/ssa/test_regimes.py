"""Kinds of orbit by height, on the hard eight and at the bounds."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import ElementSets
from ssa.regimes import REGIMES, heights_km, regimes_of
from tests.orbits_of_note import HARD_EIGHT, made_up


def test_the_hard_eight_have_the_kinds_that_they_are_named_for() -> None:
    assert regimes_of(ElementSets.concatenate(list(HARD_EIGHT))).tolist() == [
        "LEO", "LEO", "HEO", "HEO", "GEO", "GEO", "LEO", "LEO",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mean_motion", "eccentricity", "inclination", "kind"),
    [
        (2.00561, 0.005, 55.0, "MEO"),  # GPS: 20,200 km
        (12.6, 0.001, 52.0, "LEO"),  # Globalstar: 1,414 km
        (1.00272, 0.001, 29.0, "OTHER"),  # inclined geosynchronous
        (0.5, 0.001, 0.0, "OTHER"),  # far above the belt
        (10.0, 0.2, 30.0, "MEO"),  # perigee low, apogee above 2,000 km
    ],
)
def test_orbits_between_are_told_apart(mean_motion: float, eccentricity: float, inclination: float, kind: str) -> None:
    assert kind in REGIMES
    orbit = made_up("X", mean_motion=mean_motion, eccentricity=eccentricity, inclination=inclination)
    assert regimes_of(orbit).tolist() == [kind]


def test_heights_are_those_of_kepler_over_the_equator() -> None:
    perigee, apogee = heights_km(made_up("GEO", mean_motion=1.0027379, eccentricity=0.0))
    # 42,164 km of the geostationary circle less 6,378 km
    np.testing.assert_allclose([perigee[0], apogee[0]], 35_786.0, atol=1.0)
