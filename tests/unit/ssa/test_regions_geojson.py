"""GeoJSON as people send it, right and wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orbits.errors import InvalidValue
from ssa.regions import region_from_geojson

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}


def polygon(*rings: Any) -> str:
    return json.dumps({"type": "Polygon", "coordinates": list(rings)})


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_every_kind_of_object_gives_the_same_region() -> None:
    kinds: list[Any] = [
        POLYGON, {"type": "MultiPolygon", "coordinates": [[SQUARE]]}, feature(POLYGON),
        {"type": "FeatureCollection", "features": [feature(POLYGON), feature(None)]},
        {"type": "GeometryCollection", "geometries": [POLYGON]},
    ]  # fmt: skip
    for kind in kinds:
        for content in (kind, json.dumps(kind), b"\xef\xbb\xbf" + json.dumps(kind).encode()):
            region = region_from_geojson(content)
            assert region.vertices == 5
            assert region.contains(2.0, 2.0)


def test_heights_are_passed_over_and_winding_says_nothing() -> None:
    high = [[*position, 120.0] for position in SQUARE]
    with_hole = region_from_geojson(polygon(high, HOLE)).area_km2
    assert region_from_geojson(polygon(SQUARE[::-1], HOLE[::-1])).area_km2 == pytest.approx(with_hole, rel=1e-12)
    assert region_from_geojson(polygon(SQUARE)).area_km2 > with_hole


def test_a_name_is_taken_from_the_caller_the_feature_or_the_collection() -> None:
    assert region_from_geojson(feature(POLYGON, name="Suwalki gap")).name == "Suwalki gap"
    assert region_from_geojson(feature(POLYGON, name="Suwalki gap"), "mine").name == "mine"
    collection = {"type": "FeatureCollection", "name": "areas", "features": [feature(POLYGON), feature(POLYGON)]}
    assert region_from_geojson(collection).name == "areas"
    assert region_from_geojson(POLYGON).name == "region"


def test_polygons_that_overlap_count_once() -> None:
    twice = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    assert region_from_geojson(twice).area_km2 == pytest.approx(region_from_geojson(POLYGON).area_km2, rel=1e-12)


def test_an_edge_over_half_the_globe_is_taken_and_said() -> None:
    ring = [[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]]
    region = region_from_geojson(polygon(ring))
    assert region.contains(2.0, 0.0)
    assert "write longitudes past 180 (190, not -170)" in region.caveats[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]),
         r"outer ring, positions 1 to 2, near \[0.5, 0.5\]: edges meet"),
        (polygon(SQUARE, [[1, 1], [2, 2], [1, 2], [2, 1], [1, 1]]), "hole 1, positions . to ., near .*bow-tie"),
        (polygon(SQUARE, [[5, 5], [6, 5], [6, 6], [5, 5]]), "hole 1.*lies outside its outer ring"),
        (polygon(SQUARE, HOLE, [[1.2, 1.5], [1.5, 1.8], [1.8, 1.5], [1.2, 1.5]]), "hole .*one hole lies in another"),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "outer ring: encloses no area"),
        (polygon([[0, 0], [1, 1], [1, 0]]), "has 3 positions; a ring needs four"),
        (polygon(SQUARE[:-1]), r"position 4 \[0, 4\]: the ring is not closed; repeat its first position \[0, 0\]"),
        (polygon([[54, 123], [55, 124], [56, 123], [54, 123]]), r"position 1 \[54, 123\].*the other way round"),
        (polygon([[0, 0], [600, 1], [1, 1], [0, 0]]), "position 2.*longitude 600 is outside"),
        (polygon([[0, 0], [float("nan"), 1], [1, 1], [0, 0]]), r"position 2 \[nan, 1\]: holds a number that is"),
        (polygon([[0, 0], [10**400, 1], [1, 1], [0, 0]]), "position 2.*not finite"),
        (polygon([[0, 0], ["1", 1], [1, 1], [0, 0]]), "position 2.*no number"),
        (polygon([[0, 0], [True, 1], [1, 1], [0, 0]]), "position 2.*no number"),
        (polygon([0, 0, 1, 1]), "position 1: is a number, not a position"),
        (polygon("ring"), "a ring is a list of positions, not a text"),
        (polygon(), "has no ring"),
        ('{"type": "MultiPolygon", "coordinates": 5}', "has no list called coordinates"),
        ('{"type": "FeatureCollection"}', "has no list called features"),
        ('{"type": "Point", "coordinates": [1, 2]}', "Point: is no area; give a Polygon"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "LineString"}}]}',
         "feature 1, LineString: is no area"),
        ('{"type": "Feature", "geometry": null}', "holds no polygon"),
        ("[1]", "not a GeoJSON object"),
        ("{x", "is not GeoJSON: Expecting property name"),
        ("[" * 100_000, "is not GeoJSON"),
        (b"\xff\xfe", "is not GeoJSON"),
        (json.dumps({**POLYGON, "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}), "another coordinate"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_place_and_the_way_out(content: str | bytes, said: str) -> None:
    with pytest.raises(InvalidValue, match=said) as caught:
        region_from_geojson(content)
    assert caught.value.field == "region"


def test_collections_in_collections_end_somewhere() -> None:
    tree: dict[str, Any] = POLYGON
    for _ in range(10):
        tree = {"type": "GeometryCollection", "geometries": [tree]}
    with pytest.raises(InvalidValue, match="nested too deeply"):
        region_from_geojson(tree)


def test_more_than_ten_thousand_positions_are_refused() -> None:
    ring = [[k / 1000.0, 0] for k in range(10_001)] + [[5, 5], [0, 0]]
    with pytest.raises(InvalidValue, match=r"10003 positions.*at most 10000"):
        region_from_geojson(polygon(ring))


def test_the_old_name_of_the_same_coordinate_system_is_taken() -> None:
    named = {**POLYGON, "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}
    assert region_from_geojson(named).contains(2.0, 2.0)
