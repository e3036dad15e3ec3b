"""The packaged outlines against Natural Earth's file itself (TopoJSON at 1:50m), and cells against published points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from ssa.data import packed_facts
from ssa.regions import country, region_from_geojson
from tests.make_country_outlines import move_crimea, outlines_of

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def topology(shared: Path) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(
        (shared / "data" / "boundaries" / "countries-50m.json").read_text(encoding="utf-8")
    )
    return tree


def test_the_packaged_file_holds_what_the_source_gives_now(topology: dict[str, Any]) -> None:
    outlines = outlines_of(topology)
    move_crimea(outlines)
    drawn = {name: polygons for name, polygons in outlines.values()}
    packaged = {row["drawn_as"]: row["polygons"] for row in packed_facts("country_outlines")["outlines"]}
    assert set(packaged) - set(drawn) == {"Tuvalu"}  # from 1:10m
    assert {name for name in drawn if drawn[name] != packaged[name]} == set()


@pytest.mark.parametrize("name", ["Estonia", "South Africa", "Fiji", "Russia", "Antarctica", "Japan"])
def test_points_lie_inside_as_in_the_source_read_arc_by_arc(topology: dict[str, Any], name: str) -> None:
    scale, offset = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    geometry = next(g for g in topology["objects"]["countries"]["geometries"] if g["properties"]["name"] == name)
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    edges = []
    for arc in {k if k >= 0 else ~k for polygon in polygons for ring in polygon for k in ring}:
        points = np.cumsum(np.array(topology["arcs"][arc]), axis=0) * scale + offset
        edges.append(np.concatenate([points[:-1], points[1:]], axis=1))
    x1, y1, x2, y2 = np.concatenate(edges).T
    east = (x2 - x1 + 180.0) % 360.0 - 180.0
    # crossings of the meridian south of the point: odd is inside (Antarctica's pinhole round the pole is one)
    rng = np.random.default_rng(8)
    region = country(name)
    near = rng.choice(shapely.get_coordinates(region.shape), 1500)  # half a degree about vertices
    latitudes = np.clip(near[:, 1] + rng.normal(0, 0.5, 1500), -89.9, 90)
    longitudes = near[:, 0] + rng.normal(0, 0.5, 1500)
    expected = []
    for latitude, longitude in zip(latitudes, longitudes, strict=True):
        share = ((longitude - x1 + 180.0) % 360.0 - 180.0) / np.where(east == 0.0, np.nan, east)
        crossed = (share >= 0.0) & (share < 1.0) & (y1 + share * (y2 - y1) < latitude)
        expected.append(bool(crossed.sum() % 2))
    differ = np.asarray(region.contains(latitudes, longitudes)) != np.array(expected)
    # rounding of outlines to 1e-4 deg may move a point or two across, crossings at a vertex count twice
    assert differ.sum() <= 2
    assert any(expected)


def test_the_reference_points_lie_in_the_reference_regions(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "coverage.json").read_text(encoding="utf-8"))
    for row in reference["regions"]:
        closed = [[[*ring, ring[0]] for ring in polygon] for polygon in row["polygons"]]
        region = region_from_geojson({"type": "MultiPolygon", "coordinates": closed}, row["name"])
        points = np.array(row["points"])
        assert region.contains(points[:, 0], points[:, 1]).all()
        step = row["grid_step_deg"]
        latitudes, longitudes = np.arange(-90 + step / 2, 90, step), np.arange(-180 + step / 2, 180, step)
        assert region.contains(latitudes[:, None], longitudes[None, :]).sum() == len(points)
