"""Laws of access rules over drawn rules and geometries: algebra, positive inside, continuity, JSON."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ssa.sensors import (
    AccessGeometry,
    AccessRule,
    ConicalField,
    Distance,
    Elevation,
    ElevationMask,
    NadirCone,
    OffNadir,
    RectangularField,
    SarAnnulus,
    SatelliteSunlit,
    Squint,
    SunElevation,
    margins,
    rule_from_json,
)
from tests import naive_access as naive
from tests.made_up_geometry import drawn

ROUNDING_RAD = 2e-8
NADIRS = st.sampled_from(["geodetic", "geocentric"])
SIDES = st.sampled_from(["left", "right", "either"])
SEEDS = st.integers(0, 10_000)


def deg(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, 2))


MASKS = st.dictionaries(deg(0, 359.9), deg(-5, 80), min_size=1, max_size=20).map(lambda mask: sorted(mask.items()))
CONDITIONS = st.one_of(
    st.builds(Elevation, deg(-5, 80)),
    st.builds(ElevationMask, MASKS),
    st.builds(NadirCone, deg(1, 80), NADIRS),
    st.builds(OffNadir, deg(30, 80), deg(1, 29), NADIRS),
    st.builds(Distance, deg(1000, 40000), st.none() | deg(1, 900)),
    st.builds(SarAnnulus, deg(5, 30), deg(31, 70), SIDES),
    st.builds(Squint, deg(1, 80)),
    st.builds(ConicalField, deg(1, 60), deg(0, 40), deg(0, 360), NADIRS),
    st.builds(RectangularField, deg(1, 60), deg(1, 60), deg(0, 40), deg(0, 360), deg(-90, 90), NADIRS),
    st.builds(SunElevation, deg(-20, 30), st.none() | deg(31, 80)),
    st.builds(SatelliteSunlit),
)
RULES: st.SearchStrategy[AccessRule] = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        inner.map(lambda rule: ~rule),
        st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(a=RULES, b=RULES, seed=SEEDS)
def test_the_algebra_holds_for_rules_and_for_margins(a: AccessRule, b: AccessRule, seed: int) -> None:
    geometry = drawn(seed, count=40)
    of_a, of_b = a.margin(geometry), b.margin(geometry)
    assert ~~a == a
    assert ~(a & b) == ~a | ~b
    assert ~(a | b) == ~a & ~b
    assert (a & b) == (b & a)
    np.testing.assert_array_equal((a & b).margin(geometry), np.minimum(of_a, of_b))
    np.testing.assert_array_equal((a | b).margin(geometry), np.maximum(of_a, of_b))
    np.testing.assert_array_equal((~a).margin(geometry), -of_a)
    np.testing.assert_array_equal((~(a & b)).margin(geometry), np.maximum(-of_a, -of_b))


@settings(deadline=None, max_examples=150)
@given(rule=RULES, seed=SEEDS)
def test_the_compiled_rule_and_the_rule_from_its_json_have_the_same_margin(rule: AccessRule, seed: int) -> None:
    geometry = drawn(seed, count=40)
    expected = rule.margin(geometry)
    np.testing.assert_allclose(margins(rule, geometry), expected, rtol=0, atol=ROUNDING_RAD)
    again = rule_from_json(rule.as_json())
    assert again == rule
    np.testing.assert_array_equal(again.margin(geometry), expected)


def as_vectors(geometry: AccessGeometry) -> list[tuple[naive.Vector, ...]]:
    return [tuple(tuple(row[k : k + 3].tolist()) for k in range(0, 18, 3)) for row in geometry.rows()]


@settings(deadline=None, max_examples=80)
@given(seed=SEEDS, low=deg(5, 30), high=deg(31, 70), tilt=deg(-40, 40))
def test_positive_is_inside_by_direct_geometry(seed: int, low: float, high: float, tilt: float) -> None:
    geometry = drawn(seed, count=60)
    rules: dict[str, AccessRule] = {
        "elevation": Elevation(low),
        "mask": ElevationMask([(0, low), (90, high), (200, low / 2)]),
        "cone": NadirCone(high, "geocentric"),
        "regard": OffNadir(high, low),
        "right": SarAnnulus(low, high, "right"),
        "left": SarAnnulus(low, high, "left"),
        "squint": Squint(low),
        "rectangle": RectangularField(high, low, off_nadir_deg=abs(tilt), azimuth_deg=90 if tilt >= 0 else 270),
        "sun": SunElevation(low),
        "distance": Distance(100 * high),
    }
    inside = {name: rule.margin(geometry) for name, rule in rules.items()}
    for k, (s, v, p, up, nadir, sun) in enumerate(as_vectors(geometry)):
        line = naive.minus(p, s)
        elevation = naive.elevation_deg(s, p, up)
        is_up, off = elevation >= 0, naive.apart_deg(nadir, line)
        in_annulus = low <= 90 - elevation <= high
        is_right = naive.is_right_of_track(s, v, p)
        expected = {
            "elevation": elevation >= low,
            "mask": elevation >= naive.mask_deg([(0, low), (90, high), (200, low / 2)], naive.azimuth_deg(s, p, up)),
            "cone": naive.apart_deg(naive.scaled(s, -1), line) <= high and is_up,
            "regard": low <= off <= high and is_up,
            "right": in_annulus and is_right,
            "left": in_annulus and not is_right,
            "squint": abs(90 - naive.apart_deg(v, line)) <= low,
            "rectangle": naive.is_in_rectangle(s, v, p, nadir, high, low, tilt) and is_up,
            "sun": 90 - naive.apart_deg(up, sun) >= low,
            "distance": naive.dot(line, line) <= (100 * high) ** 2,
        }
        for name, told in expected.items():
            if abs(inside[name][k]) > 1e-6:  # nearer the edge, the naive cosines cannot tell
                assert (inside[name][k] > 0) == told, name


@settings(deadline=None, max_examples=60)
@given(rule=RULES, seed=SEEDS)
def test_margins_are_continuous_along_a_path(rule: AccessRule, seed: int) -> None:
    """Steps a thousand times smaller make changes that are small, too: no jump hides between two samples."""
    one, other = drawn(seed, count=1), drawn(seed + 1, count=1)
    share = np.linspace(0.3, 0.31, 2001)[:, None]

    def between(name: str) -> np.ndarray:
        return getattr(one, name) * (1 - share) + getattr(other, name) * share

    def turned(name: str) -> np.ndarray:
        found = between(name)
        return found / np.linalg.norm(found, axis=-1, keepdims=True)

    radius = np.linalg.norm(one.satellite_itrs_km)
    geometry = AccessGeometry(
        satellite_itrs_km=turned("satellite_itrs_km") * radius,
        velocity_itrs_km_s=between("velocity_itrs_km_s"),
        target_itrs_km=one.target_itrs_km,
        target_up=one.target_up,
        sun_direction_itrs=turned("sun_direction_itrs"),
    )
    assert np.abs(np.diff(rule.margin(geometry))).max() < 0.01
