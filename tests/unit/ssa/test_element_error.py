"""The error of an element set: kinds of orbit, error at epoch, growth with age."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from orbits import ElementSets
from ssa.data import packaged_facts
from ssa.element_error import (
    element_error_km,
    epoch_sigma_rtn_km,
    error_class_of,
    error_classes,
    growth_rtn_km,
    sigma_rtn_km,
)
from tests.made_up_sets import made_up_sets

MU_KM3_S2, RADIUS_KM = 398600.8, 6378.135


def orbits(rows: list[tuple[str, float, float, float]]) -> ElementSets:
    """Element sets from name, perigee height (km), eccentricity and inclination (deg)."""
    perigee, eccentricity = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    semi_major = (RADIUS_KM + perigee) / (1.0 - eccentricity)
    return replace(
        made_up_sets(len(rows)), name=np.array([row[0] for row in rows], dtype=object),
        mean_motion_rev_day=np.sqrt(MU_KM3_S2 / semi_major**3) * 86400.0 / (2 * np.pi),
        eccentricity=eccentricity, inclination_deg=np.array([row[3] for row in rows]),
    )  # fmt: skip


KINDS = orbits([
    ("LOW", 320.0, 0.001, 51.6), ("DRAG", 420.0, 0.001, 51.6), ("SSO", 700.0, 0.001, 98.2),
    ("IRIDIUM", 780.0, 0.0, 86.4),
    ("LAGEOS", 5600.0, 0.014, 52.6), ("GEO PAYLOAD", 35786.0, 0.0002, 0.05), ("GEO DEB", 35786.0, 0.0002, 7.0),
    ("GEO OLD", 35786.0, 0.0002, 7.0), ("MOLNIYA", 600.0, 0.72, 63.4), ("GTO R/B", 200.0, 0.7, 28.0),
    ("STARLINK-1", 545.0, 0.0001, 53.0), ("STARLINK-2", 380.0, 0.0001, 53.0), ("STARLINK-3 DEB", 545.0, 0.0001, 53.0),
])  # fmt: skip


def test_each_kind_of_orbit_is_told_by_perigee_shape_and_name() -> None:
    words = [error_classes()[number] for number in error_class_of(KINDS).tolist()]
    assert words == [
        "decaying, perigee below 350 km", "drag, perigee 350 to 450 km", "low, perigee 650 to 800 km",
        "low, perigee 650 to 800 km", "medium, perigee 2,000 to 25,000 km", "geosynchronous, may be station-kept",
        "high, coasting", "geosynchronous and inclined, may be kept in longitude", "eccentric, perigee 400 to 800 km",
        "eccentric, perigee below 250 km", "Starlink, perigee above 500 km", "Starlink, perigee below 400 km",
        "drag, perigee 450 to 550 km",
    ]  # fmt: skip


def test_the_error_at_epoch_is_the_published_cell_times_the_stated_factor() -> None:
    sigma = epoch_sigma_rtn_km(KINDS)
    assert sigma[2].tolist() == pytest.approx([0.115 * 1.5, 0.517 * 2, 0.137 * 2])  # e<0.1, below 800 km, above 60 deg
    assert sigma[8].tolist() == pytest.approx([0.494, 0.814, 1.337])  # e>=0.1, below 800 km, above 60 deg
    assert sigma[5].tolist() == pytest.approx([0.357, 0.432, 0.083])  # above 25,000 km: not scaled
    assert sigma[10].tolist() == pytest.approx([0.18, 1.3, 0.1])  # a row of its own


def test_error_grows_with_age_in_both_directions() -> None:
    rows = np.arange(len(KINDS))
    at = [sigma_rtn_km(KINDS, rows, np.full(len(rows), age)) for age in (0.0, 1.0, 3.0, 7.0)]
    for earlier, later in pairwise(at):
        assert (later > earlier).all()
    assert np.array_equal(at[3], sigma_rtn_km(KINDS, rows, np.full(len(rows), -7.0)))
    assert np.array_equal(at[3], np.hypot(at[0], growth_rtn_km(KINDS, rows, np.full(len(rows), 7.0))))


def test_thick_air_widens_the_error_along_the_track() -> None:
    age = np.full(3, 3.0)
    along = sigma_rtn_km(KINDS, np.array([0, 1, 2]), age)[:, 1]
    assert along[0] > 2 * along[1] > 4 * along[2]


def test_error_of_a_pass_is_the_largest_of_the_three() -> None:
    rows, age = np.array([2, 5]), np.array([2.0, 1.0])
    assert np.array_equal(element_error_km(KINDS, rows, age), sigma_rtn_km(KINDS, rows, age).max(axis=1))


def test_every_row_of_the_table_says_whether_it_is_published_or_fitted() -> None:
    facts = packaged_facts("element_accuracy")
    rows = [*facts["growth"], *facts["growth_eccentric"], *facts["station_kept"]["rows"], *facts["manoeuvring"]]
    assert len(rows) == len(error_classes())
    assert all("published" in row["origin"] or row["origin"] == "fitted" for row in rows)
    assert {"published_at_epoch", "published_growth", "fitted"} <= set(facts["origin"])
