"""Published swaths and look angles, and the access edges of reference/coverage.json.

The table of README-alliances-owners-sensors.md: operators' published angles beside those that a sphere of 6371.0088 km
gives. Derived values stand there with two digits; published scans differ from them by up to 0.32 deg (AVHRR).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSets, Instants, propagate, teme_to_itrs
from orbits.frames import teme_to_itrs_km
from orbits.sunlight import sun_teme_km
from ssa.data import packaged_facts
from ssa.sensors import AccessGeometry, Elevation, NadirCone, SarAnnulus, SunElevation, all_sensors, margins
from ssa.sensors.rules import AccessRule, AllOf
from ssa.sensors.spherical import ground_range_km, incidence_deg, look_angle_deg, swath_half_angle_deg

LAST_DIGIT_DEG = 0.005
TEN_METRES_AWAY_RAD = 0.010 / 600.0  # seen from low orbit: polar motion, which the reference leaves out


@pytest.mark.parametrize(
    ("sensor", "swath_km", "altitude_km", "derived_deg", "published_deg", "apart_deg"),
    [
        ("MODIS", 2330, 705, 55.00, 55.0, 0.01), ("VIIRS", 3060, 834, 56.14, 56.28, 0.15),
        ("AVHRR", 2900, 817, 55.68, 55.37, 0.32), ("Landsat OLI", 185, 705, 14.94 / 2, 15 / 2, 0.04),
        ("Sentinel-2", 290, 786, 20.86 / 2, 20.6 / 2, 0.14),
    ],
)  # fmt: skip
def test_the_swath_gives_the_published_scan(sensor, swath_km, altitude_km, derived_deg, published_deg, apart_deg):
    half = swath_half_angle_deg(swath_km, altitude_km)
    assert half == pytest.approx(derived_deg, abs=LAST_DIGIT_DEG)
    assert half == pytest.approx(published_deg, abs=apart_deg)
    assert 2 * ground_range_km(half, altitude_km) == pytest.approx(swath_km, abs=1e-6)


@pytest.mark.parametrize(("incidence", "look"), [(19.7, 18.18), (45.5, 41.30), (55.2, 49.45)])
def test_terrasar_x_incidence_gives_its_look_angle(incidence, look):
    assert look_angle_deg(incidence, 514) == pytest.approx(look, abs=LAST_DIGIT_DEG)
    assert incidence_deg(look_angle_deg(incidence, 514), 514) == pytest.approx(incidence, abs=1e-9)


def test_worldview_1_field_of_regard_is_900_km_at_41_deg():
    assert 2 * ground_range_km(41, 496) == pytest.approx(900, abs=15)


def test_every_packaged_swath_has_the_half_angle_of_its_width():
    checked = 0
    for sensor in all_sensors():
        rule = sensor.rule.parts[0] if isinstance(sensor.rule, AllOf) else sensor.rule
        if sensor.swath_km and sensor.altitude_km and isinstance(rule, NadirCone):
            half = swath_half_angle_deg(sensor.swath_km, sensor.altitude_km)
            assert rule.half_angle_deg == pytest.approx(half, abs=0.0006), sensor.name
            checked += 1
        elif sensor.swath_km and sensor.altitude_km and isinstance(rule, SarAnnulus):
            near, far = (look_angle_deg(angle, 693) for angle in (rule.min_incidence_deg, rule.max_incidence_deg))
            width = ground_range_km(far, 693) - ground_range_km(near, 693)
            assert width == pytest.approx(sensor.swath_km, rel=0.1), sensor.name  # IW: 274 km of angles for 250
            checked += 1
    assert checked >= 20


def test_the_tilted_swath_of_olci_is_1270_km_wide():
    left, right = ground_range_km(34.2 - 12.6, 814.5), ground_range_km(34.2 + 12.6, 814.5)
    assert left + right == pytest.approx(1270, abs=2)


@pytest.mark.real_data
def test_packaged_figures_are_those_of_the_compiled_reference(shared: Path):
    reference = json.loads((shared / "reference" / "sensors.json").read_text())
    half_angles = {
        mode["half_angle_deg"] for row in reference["sensors"] for mode in row["modes"] if "half_angle_deg" in mode
    }
    ours = {
        rule["half_angle_deg"]
        for row in packaged_facts("sensors")["sensors"]
        for rule in row["rule"].get("all_of", [row["rule"]])
        if rule["rule"] == "nadir_cone"
    }
    assert len(ours) == 20
    assert all(min(abs(half - other) for other in half_angles) < 0.0011 for half in ours)
    # OLCI is tilted here; everything else of the reference with a nominal swath is packaged
    assert {half for half in half_angles if min(abs(half - one) for one in ours) > 0.0011} == {36.842}
    elevations = {row["id"]: row["min_elevation_deg"] for row in reference["service_geometry"]}
    services = {one.name: one.rule for one in all_sensors() if one.use == "service" and one.basis == "published"}
    assert services["STARLINK service"] == Elevation(elevations["starlink"])
    assert services["IRIDIUM service"] == Elevation(elevations["iridium-next"])
    assert len(services) == len(elevations) - 1  # geostationary links are an assumed sensor


def rule_of(case: dict) -> AccessRule:
    sensor = case["sensor"]
    if sensor["kind"] == "elevation":
        rule: AccessRule = Elevation(sensor["min_elevation_deg"])
    elif sensor["kind"] == "sar":
        rule = SarAnnulus(*sensor["incidence_deg"], side=sensor["side"])
    else:
        rule = NadirCone(sensor["half_angle_deg"], sensor["nadir"])
    least = case["min_sun_elevation_deg"]
    return rule if least is None else rule & SunElevation(least)


@pytest.mark.real_data
def test_margins_change_sign_at_every_access_edge_of_the_brute_force_reference(shared: Path):
    """A twentieth of a second either side of an edge must be inside and outside: the tolerance that it suggests.

    Where the Sun cuts an access it suggests 5 s: its elevation moves by 15 arcseconds a second. Where an access grazes
    the rule (12 edges of 6,600), its edges move faster than that with ten metres of polar motion.
    """
    content = json.loads((shared / "reference" / "coverage.json").read_text())
    lines = {row["norad"]: f"{row['line1']}\n{row['line2']}\n" for row in content["satellites"]}
    edges = 0
    for case in content["cases"]:
        rule = rule_of(case)
        apart = 0.05 if case["min_sun_elevation_deg"] is None else 5.0
        for number in case["satellites"]:
            rows = [
                (point["lat"], point["lon"], when, inward)
                for point in case["points"]
                for start, end in point["access"].get(str(number), ())
                for when, inward in ((start, 1.0), (end, -1.0))
                if 1.0 < when < case["duration_s"] - 1.0 and end - start > max(1.0, 2 * apart)
            ]
            if not rows:
                continue
            latitude, longitude, when, inward = np.array(rows).T
            for side, sign in ((inward * apart, 1), (-inward * apart, -1)):
                times = Instants.after(content["start_utc"], when + side)
                states = teme_to_itrs(propagate(ElementSets.read(lines[number].encode()), times, velocities=True))
                sun = teme_to_itrs_km(sun_teme_km(times), times)
                geometry = AccessGeometry.of(
                    states.position_itrs_km[0], states.velocity_itrs_km_s[0], latitude_deg=latitude,
                    longitude_deg=longitude, sun_direction_itrs=sun / np.linalg.norm(sun, axis=-1, keepdims=True),
                )  # fmt: skip
                found = margins(rule, geometry) * sign
                assert (found > -TEN_METRES_AWAY_RAD).all(), (case["name"], number, sign, found.min())
            edges += len(rows)
    assert edges > 5000
