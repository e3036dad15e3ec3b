"""Regions: what is inside, how large, where on the globe."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest
import shapely

from orbits.errors import InvalidValue
from ssa.regions import Region, box, circle, region_from_geojson, world
from ssa.regions.authalic import EARTH_AREA_KM2, latitude_of_sin_authalic, sin_authalic
from ssa.regions.bounding import surface_directions
from tests.naive import area_by_strips_km2, is_inside

A_SHAPE = [(10.0, 50.0), (25.0, 48.0), (22.0, 61.0), (14.0, 57.0), (12.0, 63.0), (10.0, 50.0)]
A_HOLE = [(14.0, 51.0), (18.0, 51.0), (18.0, 55.0), (14.0, 51.0)]


def test_the_whole_earth_has_the_area_of_the_ellipsoid() -> None:
    assert world().area_km2 == pytest.approx(510_065_621.724, abs=0.01)  # Moritz 1980 (GRS80 differs by 0.1 km2)


def test_an_area_equals_the_sum_of_thin_strips_with_and_without_a_hole() -> None:
    for rings in ([A_SHAPE], [A_SHAPE, A_HOLE], [[(-170.0, -80.0), (160.0, 30.0), (20.0, 89.0), (-170.0, -80.0)]]):
        region = Region("drawn", shapely.Polygon(rings[0], rings[1:]))
        assert region.area_km2 == pytest.approx(area_by_strips_km2(rings), rel=1e-6)


def test_latitudes_come_back_from_their_authalic_sines() -> None:
    latitudes = np.linspace(-90.0, 90.0, 721)
    assert np.max(np.abs(latitude_of_sin_authalic(sin_authalic(latitudes)) - latitudes)) < 1e-6


def test_contains_equals_the_even_odd_rule() -> None:
    rng = np.random.default_rng(3)
    region = Region("drawn", shapely.Polygon(A_SHAPE, [A_HOLE]))
    latitudes, longitudes = rng.uniform(45, 65, 2000), rng.uniform(5, 30, 2000)
    expected = [is_inside([A_SHAPE, A_HOLE], x, y) for x, y in zip(longitudes, latitudes, strict=True)]
    assert region.contains(latitudes, longitudes).tolist() == expected
    assert 0 < sum(expected) < 2000


def test_contains_takes_points_that_broadcast_any_turn_and_nan() -> None:
    region = box(170, -20, -170, -10)
    assert region.contains(np.array([[-15.0], [0.0]]), np.array([180.0, -180.0, 540.0, 190.0, 0.0])).tolist() == [
        [True, True, True, True, False], [False] * 5,
    ]  # fmt: skip
    assert not region.contains(np.nan, 175.0)
    assert not region.contains(-15.0, np.nan)


def test_a_region_owns_its_outline_the_antimeridian_inside_it_and_its_pole() -> None:
    across = box(170, 80, -170, 90)
    assert across.contains([80.0, 85.0, 85.0, 85.0], [175.0, 170.0, 180.0, -180.0]).all()
    assert across.contains(90.0, 12.0)
    assert not across.contains(-90.0, 175.0)
    assert box(170, 0, 180, 10).contains(5.0, -180.0)


def test_a_box_larger_than_a_hemisphere_is_the_larger_part() -> None:
    region = box(-170, -90, 170, 90)
    assert region.area_km2 == pytest.approx(EARTH_AREA_KM2 * 340 / 360, rel=1e-12)
    assert region.bounding_cap.radius_deg == 180.0


def test_two_halves_that_share_the_antimeridian_equal_one_ring_across_it() -> None:
    one = box(170, -20, 190, -10)
    halves = shapely.MultiPolygon([shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -10)])
    assert Region("halves", halves).area_km2 == pytest.approx(one.area_km2, rel=1e-12)
    assert shapely.equals(Region("halves", halves).shape, one.shape)


@pytest.mark.parametrize(
    ("latitude", "longitude", "radius_km"),
    [(54.9, 23.9, 300), (0, 180, 500), (90, 0, 1000), (-90, 0, 2000), (89, 10, 500), (30, -170, 9000), (0, 0, 15000)],
)
def test_a_circle_has_about_a_spherical_cap_of_area(latitude: float, longitude: float, radius_km: float) -> None:
    region = circle(latitude, longitude, radius_km)
    cap = 2 * math.pi * 6371.0072**2 * (1 - math.cos(radius_km / 6371.0072))
    assert region.area_km2 == pytest.approx(cap, rel=1e-3)
    assert region.contains(latitude, longitude)
    assert not region.contains(-latitude, longitude + 180)


@pytest.mark.parametrize(
    "region",
    [box(20, 53, 29, 60), box(170, -20, -170, -10), circle(89, 10, 500), circle(-20, 179, 12000), world(),
     Region("drawn", shapely.Polygon(A_SHAPE, [A_HOLE]))],
    ids=lambda region: region.name,
)  # fmt: skip
def test_the_bounding_cap_holds_every_point_and_is_not_much_larger(region: Region) -> None:
    rng = np.random.default_rng(5)
    latitudes = np.degrees(np.arcsin(rng.uniform(-1, 1, 200_000)))
    longitudes = rng.uniform(-180, 180, 200_000)
    inside = region.contains(latitudes, longitudes)
    cap = region.bounding_cap
    assert np.linalg.norm(cap.centre_itrs) == pytest.approx(1.0, abs=1e-12)
    away = np.degrees(np.arccos(np.clip(surface_directions(latitudes, longitudes)[inside] @ cap.centre_itrs, -1, 1)))
    assert away.max() <= cap.radius_deg
    assert cap.radius_deg == 180.0 or cap.radius_deg < away.max() * 1.1 + 1.0


def test_a_region_survives_geojson_and_pickle() -> None:
    region = box(170, -20, -170, -10)
    again = region_from_geojson(region.to_geojson())
    assert again.name == region.name
    assert again.area_km2 == pytest.approx(region.area_km2, rel=1e-12)
    copy = pickle.loads(pickle.dumps(region))
    assert copy.contains(-15.0, 175.0)
    outer = region.to_geojson()["geometry"]["coordinates"][0][0]
    assert shapely.LinearRing(outer).is_ccw


def test_a_shape_without_area_or_that_crosses_itself_is_refused() -> None:
    with pytest.raises(InvalidValue, match="has no area"):
        Region("nothing", shapely.Polygon())
    with pytest.raises(InvalidValue, match="not a valid shape"):
        Region("bow-tie", shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))


@pytest.mark.parametrize(
    ("sides", "said"),
    [((10, 5, 20, 2), "north side"), ((10, 0, 10, 5), "same meridian"), ((180, 0, -180, 5), "same meridian"),
     ((-300, 0, 100, 5), "full turn"), ((0, -91, 10, 0), "outside -90 to 90"), ((math.nan, 0, 1, 1), "outside")],
)  # fmt: skip
def test_a_box_that_encloses_nothing_is_refused(sides: tuple[float, float, float, float], said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        box(*sides)


@pytest.mark.parametrize("radius_km", [0.0, -1.0, 19_001.0, math.nan, True])
def test_a_circle_of_no_use_is_refused(radius_km: float) -> None:
    with pytest.raises(InvalidValue, match="radius_km"):
        circle(0.0, 0.0, radius_km)
