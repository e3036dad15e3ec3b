"""The simulated catalogue: the same bytes, plausible orbits, and no way to take it for the real one."""

from __future__ import annotations

import numpy as np
import pytest
from sgp4.api import WGS72, Satrec, SatrecArray

from orbits.constants import TAU, WGS72_RADIUS_KM
from ssa.alliances import all_alliances, find_alliance
from ssa.catalogue.constellations import SHELLS
from ssa.catalogue.simulated import DEFAULT_EPOCH, FIRST_NORAD_ID, simulated_catalogue
from ssa.catalogue.simulated_columns import sun_synchronous_deg, walker
from ssa.data import packaged_facts
from ssa.draws import Draws
from ssa.fleets import fleet_of
from ssa.missions import missions
from ssa.owners import owners

DIGEST = "1b62795aedd74065b7054d87e6a6d862104fb88eaf1f9010fcbb9475df7a01ea"


@pytest.fixture(scope="module")
def catalogue():
    return simulated_catalogue()


@pytest.fixture(scope="module")
def altitude_km(catalogue):
    """Altitude (n, t) by python-sgp4 over 30 days either side of the epoch; NaN-free only if SGP4 raises no error."""
    e = catalogue.elements
    sets = []
    for k in range(len(e)):
        one = Satrec()
        one.sgp4init(
            WGS72, "i", int(e.norad_id[k] % 339_999), e.epoch_jd_day[k] - 2433281.5 + e.epoch_day_fraction[k],
            e.bstar_per_earth_radius[k], 0.0, 0.0, e.eccentricity[k], np.radians(e.argument_of_perigee_deg[k]),
            np.radians(e.inclination_deg[k]), np.radians(e.mean_anomaly_deg[k]),
            e.mean_motion_rev_day[k] * TAU / 1440.0, np.radians(e.raan_deg[k]),
        )  # fmt: skip
        sets.append(one)
    days = np.array([-30.0, -29.97, -20.3, -10.1, -1.0, 0.0, 0.013, 1.0, 10.1, 20.3, 29.97, 30.0])
    errors, position, _ = SatrecArray(sets).sgp4(np.full(len(days), DEFAULT_EPOCH.jd_day), days)
    assert np.flatnonzero(errors.any(axis=1)).tolist() == []
    return np.linalg.norm(position, axis=2) - WGS72_RADIUS_KM


def test_the_same_arguments_give_the_same_bytes(catalogue):
    assert catalogue.digest == DIGEST
    assert simulated_catalogue().digest == DIGEST


def test_another_seed_or_epoch_gives_another_catalogue_of_the_same_size(catalogue):
    for other in (simulated_catalogue(seed=2), simulated_catalogue(epoch="2026-03-10T06:00:00Z")):
        assert other.digest != catalogue.digest
        assert len(other) == len(catalogue)


def test_it_can_not_be_taken_for_the_real_catalogue(catalogue):
    assert catalogue.data_mode == "SIMULATED"
    assert catalogue.provenance(catalogue.as_of)["data_mode"] == "SIMULATED"
    assert all(name.endswith(" [SIM]") for name in catalogue.elements.name)
    assert catalogue.elements.norad_id[0] == FIRST_NORAD_ID == 700_000_001
    assert (np.diff(catalogue.elements.norad_id) == 1).all()


def test_it_has_the_size_and_the_shape_of_the_real_one(catalogue):
    assert 29_000 <= len(catalogue) <= 31_000
    kinds = catalogue.counts("object_type")
    assert set(kinds) == {"PAY", "DEB", "R/B", "UNK"}
    assert 14_000 < kinds["PAY"] < 17_000
    assert 11_000 < kinds["DEB"] < 13_500
    assert 2_000 < kinds["R/B"] < 3_000
    assert set(catalogue.counts("ops_status")) == {"+", "-", "unknown"}
    assert set(catalogue.owner) <= set(owners())
    deep = (catalogue.elements.period_min >= 225.0).sum()
    assert 2_500 < deep < 6_000


def test_sgp4_serves_every_set_for_30_days_either_side_and_nothing_comes_down(altitude_km):
    assert altitude_km.min() > 250.0
    assert altitude_km.max() < 60_000.0


def test_drag_is_plausible_a_low_orbit_shrinks_by_tens_of_kilometres_at_most(catalogue, altitude_km):
    low = (catalogue.elements.eccentricity < 2e-3) & (catalogue.elements.mean_motion_rev_day > 11.0)
    lost = altitude_km[low, 5] - altitude_km[low, -1]
    # e = 2e-3 moves the altitude of a low orbit by 28 km from place to place, the Earth's flattening by another 20.
    assert np.abs(lost).max() < 75.0
    assert ((catalogue.elements.bstar_per_earth_radius >= 0) & (catalogue.elements.bstar_per_earth_radius < 3e-3)).all()


def test_the_designs_hold_their_published_height(catalogue, altitude_km):
    names = catalogue.elements.name
    for stem, height, within in (
        ("STARLINK-00", 550, 25),
        ("GSAT09", 23222, 120),
        ("GPS B", 20182, 420),
        ("ONEWEB", 1200, 25),
    ):
        rows = [row for row, name in enumerate(names) if name.startswith(stem)]
        assert rows
        assert np.abs(altitude_km[rows] - height).max() < within, stem


def test_the_navigation_systems_are_whole(catalogue):
    names = catalogue.elements.name
    assert sum(name.startswith("GPS B") for name in names) == 31
    assert sum(name.startswith("GLONASS") for name in names) == 24
    assert sum(name.startswith("GSAT09") for name in names) == 24
    assert sum(name.startswith("BEIDOU-3 M") for name in names) == 24
    assert sum(name.startswith(("QZS", "IRNSS", "NVS")) for name in names) == 13


def test_geostationary_satellites_stay_within_half_a_degree_for_ten_days(catalogue):
    e = catalogue.elements
    row = next(k for k, name in enumerate(e.name) if name.startswith("SYRACUSE 2"))
    one = Satrec()
    one.sgp4init(
        WGS72, "i", 1, e.epoch_jd_day[row] - 2433281.5, 0.0, 0.0, 0.0, e.eccentricity[row],
        np.radians(e.argument_of_perigee_deg[row]), np.radians(e.inclination_deg[row]),
        np.radians(e.mean_anomaly_deg[row]), e.mean_motion_rev_day[row] * TAU / 1440.0, np.radians(e.raan_deg[row]),
    )  # fmt: skip
    design = next(r for r in packaged_facts("simulated_designs")["geostationary"] if r[0] == "SYRACUSE {k}")
    slot = np.linspace(design[3], design[4], design[2])[1]
    for day in (0.0, 5.0, 10.0):
        _, position, _ = one.sgp4(e.epoch_jd_day[row], day)
        turned = 280.46061837 + 360.98564736629 * (e.epoch_jd_day[row] - 2451545.0 + day)
        longitude = np.degrees(np.arctan2(position[1], position[0])) - turned
        assert abs((longitude - slot + 180.0) % 360.0 - 180.0) < 0.5


def test_no_two_satellites_of_a_shell_come_near_each_other():
    """On circles of one radius: the least distance of the first satellite of each plane to all others in a turn."""
    for shell in SHELLS:
        raan, latitude = (
            np.radians(angle) for angle in walker(shell.planes, shell.per_plane, shell.phasing, shell.spread_deg)
        )
        tilt, radius = np.radians(shell.inclination_deg), WGS72_RADIUS_KM + shell.altitude_km
        u = latitude[:, None] + np.radians(np.arange(0.0, 360.0, 1.0))
        node = raan[:, None]
        unit = np.stack(
            [
                np.cos(node) * np.cos(u) - np.sin(node) * np.sin(u) * np.cos(tilt),
                np.sin(node) * np.cos(u) + np.cos(node) * np.sin(u) * np.cos(tilt),
                np.sin(u) * np.sin(tilt),
            ],
            axis=-1,
        )
        # A whole pattern looks the same from every plane; one that is open at a seam does not.
        for first in range(0, len(raan), shell.per_plane) if shell.spread_deg != 360.0 else (0,):
            apart = np.linalg.norm(unit - unit[first], axis=2).min(axis=1) * radius
            apart[first] = np.inf
            assert apart.min() > 25.0, shell


def test_every_alliance_has_a_fleet_and_nato_can_look_listen_and_talk(catalogue):
    found = missions(catalogue)
    for group in all_alliances():
        assert len(fleet_of(group, catalogue)) >= 20, group.id
    nato = fleet_of(find_alliance("NATO"), catalogue)
    for mission in ("imaging", "sar", "communications", "navigation", "weather", "sigint", "early-warning"):
        assert found.serving(mission)[nato.rows].sum() >= 3, mission


def test_the_values_fit_the_digits_of_a_tle(catalogue):
    e = catalogue.elements
    for column, digits in (
        ("inclination_deg", 4),
        ("raan_deg", 4),
        ("mean_anomaly_deg", 4),
        ("eccentricity", 7),
        ("mean_motion_rev_day", 8),
    ):
        values = getattr(e, column)[::37]
        assert [float(f"{value:.{digits}f}") for value in values] == values.tolist(), column
    for column in ("raan_deg", "argument_of_perigee_deg", "mean_anomaly_deg"):
        assert ((getattr(e, column) >= 0.0) & (getattr(e, column) < 360.0)).all()
    assert ((e.inclination_deg >= 0.0) & (e.inclination_deg <= 180.0)).all()


def test_a_sun_synchronous_orbit_at_800_km_leans_98_6_degrees():
    assert abs(float(sun_synchronous_deg(800.0)) - 98.6) < 0.05  # Vallado 2013, figure 11-15


def test_draws_are_the_raw_stream_of_pcg64():
    """First numbers for the seed 1957, kept here: a change of stream would change every catalogue."""
    assert Draws(1957).uniform(3).tolist() == [0.8305688357629765, 0.9466536961741957, 0.0799270705410361]
