"""Access rules as values: conventions, joining, words, JSON, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from orbits.errors import InvalidValue
from ssa.errors import UnknownName
from ssa.sensors import (
    HORIZON,
    SATELLITE_SUNLIT,
    TARGET_DARK,
    TARGET_SUNLIT,
    AccessGeometry,
    ConicalField,
    Distance,
    Elevation,
    ElevationMask,
    NadirCone,
    OffNadir,
    RectangularField,
    SarAnnulus,
    Squint,
    SunElevation,
    for_access,
    rule_from_json,
)

A_MILLIONTH_OF_A_DEGREE = 1e-6
NORTHWARD = ([7078.0, 0.0, 0.0], [0.0, 0.0, 7.5])  # above (0, 0), flying north: east is right


def degrees(rule, geometry) -> float:
    return float(np.degrees(rule.margin(geometry)))


def looking_at(latitude: float, longitude: float, state=NORTHWARD, **more) -> AccessGeometry:
    return AccessGeometry.of(*state, latitude_deg=latitude, longitude_deg=longitude, **more)


def test_flying_north_the_east_is_on_the_right_and_the_west_on_the_left():
    east, west = looking_at(0, 4), looking_at(0, -4)
    right, left = SarAnnulus(20, 60, side="right"), SarAnnulus(20, 60, side="left")
    assert right.margin(east) > 0 > right.margin(west)
    assert left.margin(west) > 0 > left.margin(east)
    assert SarAnnulus(20, 60).margin(east) > 0
    assert SarAnnulus(20, 60).margin(west) > 0


def test_flying_south_or_west_the_sides_turn_with_the_track():
    south = ([7078.0, 0.0, 0.0], [0.0, 0.0, -7.5])
    west = ([7078.0, 0.0, 0.0], [0.0, -7.5, 0.0])
    right = SarAnnulus(20, 60, side="right")
    assert right.margin(looking_at(0, -4, south)) > 0 > right.margin(looking_at(0, 4, south))
    assert right.margin(looking_at(4, 0, west)) > 0 > right.margin(looking_at(-4, 0, west))


def test_a_satellite_that_stands_still_has_no_side():
    hovering = ([7078.0, 0.0, 0.0], [0.0, 0.0, 0.0])
    for side in ("left", "right"):
        assert np.isnan(SarAnnulus(20, 60, side=side).margin(looking_at(0, 4, hovering)))
    assert SarAnnulus(20, 60).margin(looking_at(0, 4, hovering)) > 0


def test_margins_are_angles_to_the_edge():
    overhead = looking_at(0, 0)
    assert degrees(Elevation(10), overhead) == pytest.approx(80, abs=A_MILLIONTH_OF_A_DEGREE)
    assert degrees(NadirCone(10), overhead) == pytest.approx(10, abs=A_MILLIONTH_OF_A_DEGREE)
    assert degrees(OffNadir(45, min_off_nadir_deg=10), overhead) == pytest.approx(-10, abs=A_MILLIONTH_OF_A_DEGREE)
    assert degrees(SarAnnulus(20, 45), overhead) == pytest.approx(-20, abs=A_MILLIONTH_OF_A_DEGREE)
    assert degrees(RectangularField(10, 1), overhead) == pytest.approx(1, abs=A_MILLIONTH_OF_A_DEGREE)
    assert float(Distance(1000).margin(overhead)) == pytest.approx((1000 - 699.863) / 6378.137)


def test_the_far_side_of_the_earth_is_in_no_cone():
    antipode = looking_at(0, 180)
    for rule in (NadirCone(30), OffNadir(30), ConicalField(30), RectangularField(30, 30), SarAnnulus(0, 90)):
        assert rule.margin(antipode) < -1


def test_geodetic_and_geocentric_nadir_are_two_kilometres_apart_at_45_deg():
    state = ([5000.0, 0.0, 5000.0], [-5.0, 0.0, 5.0])
    geometry = looking_at(45, 0, state)
    apart = math.degrees(float(np.arccos(geometry.nadir("geodetic") @ geometry.nadir("geocentric"))))
    assert apart == pytest.approx(0.173, abs=0.001)
    assert NadirCone(5, "geodetic").margin(geometry) != NadirCone(5, "geocentric").margin(geometry)


def test_a_tilted_field_looks_where_its_azimuth_says():
    for azimuth, latitude, longitude in ((0, 3, 0), (90, 0, 3), (180, -3, 0), (270, 0, -3)):
        for rule in (
            ConicalField(10, off_nadir_deg=24.8, azimuth_deg=azimuth),
            RectangularField(10, 10, off_nadir_deg=24.8, azimuth_deg=azimuth),
        ):
            assert degrees(rule, looking_at(latitude, longitude)) > 8
            assert rule.margin(looking_at(-latitude, -longitude)) < 0


def test_yaw_turns_a_rectangle_forward_towards_right():
    wide = RectangularField(30, 2)
    east, north, north_east = looking_at(0, 2), looking_at(2, 0), looking_at(1.4, 1.4)
    south_east = looking_at(-1.4, 1.4)
    assert wide.margin(east) > 0 > wide.margin(north)
    turned = RectangularField(30, 2, yaw_deg=90)
    assert turned.margin(north) > 0 > turned.margin(east)
    # right turned by 45 deg, forward towards right, points back right
    half = RectangularField(30, 2, yaw_deg=45)
    assert half.margin(south_east) > 0 > half.margin(north_east)


def test_sun_and_shadow():
    noon = looking_at(0, 0, sun_direction_itrs=[1.0, 0.0, 0.0])
    midnight = looking_at(0, 0, sun_direction_itrs=[-1.0, 0.0, 0.0])
    assert degrees(TARGET_SUNLIT, noon) == pytest.approx(90, abs=1e-5)
    assert degrees(TARGET_DARK, midnight) == pytest.approx(84, abs=1e-5)
    assert degrees(SunElevation(10, 80), noon) == pytest.approx(-10, abs=1e-5)
    assert SATELLITE_SUNLIT.margin(noon) > 0 > SATELLITE_SUNLIT.margin(midnight)
    assert (~SATELLITE_SUNLIT).margin(midnight) > 0


def test_a_rule_that_needs_the_sun_is_nan_without_it_and_says_so():
    assert np.isnan((TARGET_SUNLIT & Elevation(0)).margin(looking_at(0, 0)))
    assert (TARGET_SUNLIT & Elevation(0)).needs_sun
    assert not (Elevation(0) | NadirCone(3)).needs_sun


def test_joining_opens_nests_drops_doubles_and_what_adds_nothing():
    a, b, c = Elevation(10), NadirCone(30), TARGET_SUNLIT
    assert (a & b) & c == a & (b & c)
    assert a & a == a
    assert a & b == b & a
    assert hash(a & b) == hash(b & a)
    assert a & (a | b) == a
    assert a | (a & b & c) == a
    assert a & b != a | b


def test_not_goes_inward():
    a, b = Elevation(10), NadirCone(30)
    assert ~~a == a
    assert ~~(a & b) == a & b
    assert ~(a & b) == ~a | ~b
    assert ~(a | b) == ~a & ~b


def test_rules_read_as_sentences():
    rule = (Elevation(5) & NadirCone(30) | SarAnnulus(20, 45, "left") & Squint(2)) & ~SATELLITE_SUNLIT
    assert str(rule) == (
        "((elevation at least 5 deg and within 30 deg of the geodetic nadir) or "
        "(incidence 20 to 45 deg on the left and squint at most 2 deg)) and satellite in the Earth's shadow"
    )
    assert str(OffNadir(30)) == "up to 30 deg off the geodetic nadir"
    assert str(~Distance(500, 100)) == "not distance 100 to 500 km"
    assert str(RectangularField(10, 1, 20, 90, 5)) == (
        "within 10 deg across and 1 deg along of a boresight 20 deg off the geodetic nadir, "
        "90 deg clockwise from the flight, yawed by 5 deg"
    )


def test_access_adds_the_horizon_only_where_a_rule_has_none():
    assert for_access(TARGET_DARK) == TARGET_DARK & HORIZON
    assert for_access(~NadirCone(30)) == ~NadirCone(30) & HORIZON
    assert for_access(Elevation(-2) & TARGET_DARK) == Elevation(-2) & TARGET_DARK
    assert for_access(Elevation(5) | TARGET_DARK) == (Elevation(5) | TARGET_DARK) & HORIZON


RULES = [
    Elevation(10), ElevationMask("10:5,200:-2,90:30"), NadirCone(30, "geocentric"), OffNadir(45, 10),
    Distance(2000, 500), SarAnnulus(20, 45, "left"),
    Squint(3), ConicalField(30, 12, 90), RectangularField(10, 2, 20, 270, -15), SunElevation(10, 60),
    SATELLITE_SUNLIT, ~SATELLITE_SUNLIT & (Elevation(5) | NadirCone(3)),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_json_there_and_back_is_the_same_rule(rule):
    assert rule_from_json(rule.as_json()) == rule


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (5, 'rule: 5: is not a rule; write {"rule": "elevation", ...}'),
        ({}, "rule: an empty object: is not a rule; give exactly one of rule, all_of, any_of and not"),
        (
            {"rule": "elevaton"},
            "rule.rule: elevaton: is not known; did you mean elevation, sun_elevation, elevation_mask?",
        ),
        ({"rule": "elevation"}, "rule.min_elevation_deg: is missing; elevation needs it"),
        (
            {"rule": "elevation", "min_elevation": 5},
            "rule (elevation): min_elevation: is not known; did you mean min_elevation_deg?",
        ),
        (
            {"all_of": [{"rule": "nadir_cone", "half_angle_deg": 95}]},
            "rule.all_of[0].half_angle_deg: 95: outside 0 to 90 deg",
        ),
        (
            {"not": {"rule": "nadir_cone", "half_angle_deg": "wide"}},
            "rule.not.half_angle_deg: 'wide': is not a number; give 0 to 90 deg",
        ),
        (
            {"rule": "sar", "min_incidence_deg": 45, "max_incidence_deg": 20},
            "rule.incidence_deg: 45 to 20: holds nothing; give a maximum above the minimum",
        ),
        (
            {"rule": "sar", "min_incidence_deg": 20, "max_incidence_deg": 45, "side": "rigth"},
            "rule.side: rigth: is not known; did you mean right?",
        ),
        (
            {"rule": "elevation_mask", "mask_deg": [[0, 5], [400, 5]]},
            "rule.mask_deg: azimuth_deg 400.0: outside 0 to 360 deg",
        ),
        (
            {"rule": "elevation_mask", "mask_deg": [[0, 5], 7]},
            "rule.mask_deg: 7: is no point of a mask; write it as [[azimuth, elevation], ...] in degrees, or as text: "
            "0:5,180:15",
        ),
        ({"any_of": []}, "rule.any_of: []: must be a list of one or more rules"),
        (
            {"any_of": [{"rule": "satellite_sunlit"}], "note": 1},
            "rule: note: stands beside any_of; put it into a rule of its own",
        ),
        (
            {"rule": "sun_elevation"},
            "rule.sun_elevation: no bound: give min_sun_elevation_deg, max_sun_elevation_deg or both",
        ),
    ],
)
def test_a_wrong_rule_is_refused_by_place_value_and_way_out(content, message):
    with pytest.raises(InvalidValue) as refused:
        rule_from_json(content)
    assert str(refused.value) == message


def test_a_rule_nested_without_end_is_refused():
    content: dict = {"rule": "satellite_sunlit"}
    for _ in range(100):
        content = {"not": content}
    with pytest.raises(InvalidValue, match="nested too deeply"):
        rule_from_json(content)


@pytest.mark.parametrize("value", [math.nan, math.inf, True, None, "5", 91])
def test_numbers_that_are_none_are_refused(value):
    with pytest.raises(InvalidValue):
        Elevation(value)


def test_an_unknown_nadir_is_refused():
    with pytest.raises(UnknownName):
        NadirCone(30, "geodesic")
