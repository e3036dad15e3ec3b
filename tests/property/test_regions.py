"""Laws of regions and cells, over drawn star-shaped polygons anywhere on the globe."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssa.regions import CellGrid, region_from_geojson
from tests.naive import is_inside


@st.composite
def rings(draw: st.DrawFn) -> list[tuple[float, float]]:
    """A closed ring round a point, star-shaped, perhaps across the antimeridian."""
    count = draw(st.integers(3, 12))
    longitude, latitude = draw(st.floats(-180, 180)), draw(st.floats(-60, 60))
    reach = draw(st.floats(0.1, 25))
    radii = draw(st.lists(st.floats(0.3, 1.0), min_size=count, max_size=count))
    corners = [
        (
            longitude + reach * radius * math.cos(2 * math.pi * k / count),
            latitude + reach * radius * math.sin(2 * math.pi * k / count),
        )
        for k, radius in enumerate(radii)
    ]
    return [*corners, corners[0]]


def geojson(ring: list[tuple[float, float]], turn: float = 0.0) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[x + turn, y] for x, y in ring]]}


def scattered(ring: list[tuple[float, float]], seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x, y = np.array(ring).T
    return rng.uniform(y.min() - 1, y.max() + 1, 60), rng.uniform(x.min() - 1, x.max() + 1, 60)


@settings(deadline=None, max_examples=60)
@given(ring=rings(), seed=st.integers(0, 1000))
def test_inside_is_the_even_odd_rule_on_any_turn_and_either_winding(ring: list[tuple[float, float]], seed: int) -> None:
    latitudes, longitudes = scattered(ring, seed)
    expected = [is_inside([ring], x, y) for x, y in zip(longitudes, latitudes, strict=True)]
    for content in (geojson(ring), geojson(ring[::-1]), geojson(ring, turn=360.0 if ring[0][0] < 0 else -360.0)):
        region = region_from_geojson(content)
        for turn in (0.0, 360.0, -360.0):
            assert region.contains(latitudes, longitudes + turn).tolist() == expected


@settings(deadline=None, max_examples=60)
@given(ring=rings())
def test_area_is_positive_and_knows_no_winding_and_no_turn(ring: list[tuple[float, float]]) -> None:
    area = region_from_geojson(geojson(ring)).area_km2
    assert 0.0 < area < 5.1e8
    assert region_from_geojson(geojson(ring[::-1])).area_km2 == pytest.approx(area, rel=1e-9)
    assert region_from_geojson(geojson(ring, turn=360.0 if ring[0][0] < 0 else -360.0)).area_km2 == pytest.approx(area)


@settings(deadline=None, max_examples=30)
@given(ring=rings(), fraction=st.floats(0.02, 3.0))
def test_cells_are_positive_lie_inside_and_sum_to_the_region(ring: list[tuple[float, float]], fraction: float) -> None:
    region = region_from_geojson(geojson(ring))
    grid = CellGrid.over(region, max(0.01, math.sqrt(region.area_km2) * fraction))
    assert grid.area_km2 is not None
    assert (grid.area_km2 > 0.0).all()
    assert grid.area_km2.sum() == pytest.approx(region.area_km2, rel=1e-3)
    assert region.contains(grid.latitude_deg, grid.longitude_deg).all()
