"""Cells: equal areas, exact edges, nothing lost."""

from __future__ import annotations

import numpy as np
import pytest

from orbits.errors import InvalidValue
from ssa.regions import CellGrid, LatLonGrid, box, circle, country, world
from ssa.regions.authalic import EARTH_AREA_KM2, areas_km2, sin_authalic
from ssa.regions.cell_rows import equal_area_rows


@pytest.mark.parametrize("cell_km", [10_000.0, 3000.0, 1000.0, 333.0, 50.0, 7.7])
def test_every_cell_of_the_earth_has_the_same_area_close_to_the_one_asked_for(cell_km: float) -> None:
    rows = equal_area_rows(cell_km)
    area = np.diff(sin_authalic(rows.edges_deg)) / 2.0 * EARTH_AREA_KM2 / rows.cells
    assert np.max(np.abs(area / rows.cell_area_km2 - 1.0)) < 1e-6
    assert rows.cell_area_km2 == pytest.approx(cell_km**2, rel=0.01 if cell_km < 2000 else 0.3)
    assert rows.edges_deg[[0, -1]].tolist() == [-90.0, 90.0]
    assert np.max(np.abs(rows.edges_deg + rows.edges_deg[::-1])) < 1e-9


@pytest.mark.parametrize(
    "name", ["Estonia", "Norway", "Fiji", "Russia", "Antarctica", "Tuvalu", "French Polynesia", "Vatican", "Chile"]
)
def test_cells_of_a_country_sum_to_its_area_with_every_point_inside(name: str) -> None:
    region = country(name)
    grid = CellGrid.over(region)
    assert 500 <= len(grid) <= 2000
    assert abs(grid.area_error_fraction or 0.0) < 1e-6
    assert region.contains(grid.latitude_deg, grid.longitude_deg).all()
    assert (grid.area_km2 > 0.0).all()
    inside = (grid.west_deg <= grid.longitude_deg) & (grid.longitude_deg <= grid.east_deg)
    assert inside.all()
    assert ((grid.south_deg <= grid.latitude_deg) & (grid.latitude_deg <= grid.north_deg)).all()


def test_every_island_has_a_cell() -> None:
    region = country("Fiji")
    grid = CellGrid.over(region, cell_km=200.0)
    for west, south, east, north in (part.bounds for part in region.shape.geoms):
        meets = (grid.west_deg < east) & (grid.east_deg > west) & (grid.south_deg < north) & (grid.north_deg > south)
        assert meets.any()


def test_a_thin_strip_has_cells_all_along() -> None:
    grid = CellGrid.over(box(0.0, 0.0, 90.0, 0.001), cell_km=100.0)
    assert len(grid) == pytest.approx(100, abs=2)
    assert (grid.latitude_deg <= 0.001).all()
    assert (grid.latitude_deg >= 0.0).all()


def test_a_region_smaller_than_a_cell_is_one_cell_or_the_few_it_lies_in() -> None:
    grid = CellGrid.over(circle(54.9, 23.9, 1.0), cell_km=500.0)
    assert 1 <= len(grid) <= 4
    assert grid.area_km2.sum() == pytest.approx(np.pi, rel=1e-3)


def test_cells_do_not_depend_on_the_region() -> None:
    small, large = (CellGrid.over(region, cell_km=50.0) for region in (box(10, 50, 20, 55), box(0, 40, 30, 60)))
    edges = lambda grid: {(round(w, 9), round(s, 9)) for w, s in zip(grid.west_deg, grid.south_deg, strict=True)}  # noqa: E731
    assert edges(small) <= edges(large)


def test_the_whole_earth_cut_as_a_region_equals_all_cells() -> None:
    grid = CellGrid.world(cell_km=800.0)
    halves = [CellGrid.over(box(*sides), cell_km=800.0) for sides in ((-180, -90, 0, 90), (0, -90, 180, 90))]
    assert sum(half.area_km2.sum() for half in halves) == pytest.approx(grid.area_km2.sum(), rel=1e-9)
    assert abs(grid.area_error_fraction or 0.0) < 1e-12
    assert len(CellGrid.over(world(), 800.0)) == len(grid)


def test_columns_are_read_only_and_weights_sum_to_one() -> None:
    grid = CellGrid.over(country("Estonia"), cell_km=20.0)
    with pytest.raises(ValueError, match="read-only"):
        grid.latitude_deg[0] = 0.0
    assert grid.weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert grid.position_itrs_km.shape == (len(grid), 3)


def test_too_many_cells_are_refused_with_a_size_that_works() -> None:
    with pytest.raises(InvalidValue, match="more than 200000 cells of world; take 56 or more"):
        CellGrid.world(cell_km=10.0)
    assert len(CellGrid.world(cell_km=56.0)) <= 200_000
    with pytest.raises(InvalidValue, match="more than 200000 cells"):  # a strip, whose area alone says little
        CellGrid.over(box(-180.0, 0.0, 180.0, 1e-5), cell_km=0.1)


@pytest.mark.parametrize("cell_km", [0.0, -1.0, float("nan"), float("inf"), True, "50"])
def test_a_cell_size_of_no_use_is_refused(cell_km: float) -> None:
    with pytest.raises(InvalidValue, match="cell_km"):
        CellGrid.over(country("Estonia"), cell_km)


def test_points_are_taken_as_they_are() -> None:
    alike = CellGrid.from_points([54.9, 55.0], [23.9, 24.0])
    assert alike.area_km2 is None
    assert alike.area_error_fraction is None
    assert alike.weights.tolist() == [0.5, 0.5]
    weighed = CellGrid.from_points([54.9, 55.0], [23.9, 24.0], [1.0, 3.0], name="two")
    assert weighed.weights.tolist() == [0.25, 0.75]
    assert weighed.to_geojson(gap_s=[1.0, np.nan])["features"][1] == {
        "type": "Feature", "properties": {"area_km2": 3.0, "gap_s": None},
        "geometry": {"type": "Point", "coordinates": [24.0, 55.0]},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("latitudes", "longitudes", "areas", "said"),
    [([], [], None, "at least one"), ([1.0], [1.0, 2.0], None, "as many"), ([1.0, 91.0], [0.0, 0.0], None, "point 2"),
     ([1.0], [np.nan], None, "point 1"), ([1.0], [2.0], [0.0], "positive area"), (["a"], [1.0], None, "no number"),
     ([1.0], [2.0], [1.0, 2.0], "one positive area for each")],
)  # fmt: skip
def test_points_of_no_use_are_refused(
    latitudes: list[float], longitudes: list[float], areas: object, said: str
) -> None:
    with pytest.raises(InvalidValue, match=said):
        CellGrid.from_points(latitudes, longitudes, areas)  # type: ignore[arg-type]


def test_cells_draw_as_polygons_and_a_wrong_column_is_refused() -> None:
    grid = CellGrid.over(country("Estonia"), cell_km=50.0)
    drawn = grid.to_geojson(fold=np.arange(len(grid)))
    assert drawn["features"][3]["properties"]["fold"] == 3
    ring = drawn["features"][3]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1] == [grid.west_deg[3], grid.south_deg[3]]
    with pytest.raises(InvalidValue, match="one value for each"):
        grid.to_geojson(fold=[1])


def test_the_regular_grid_has_the_areas_of_its_cells() -> None:
    grid = LatLonGrid(0.5)
    assert grid.shape == (360, 720)
    assert grid.area_km2.sum() * 720 == pytest.approx(EARTH_AREA_KM2, rel=1e-12)
    assert grid.area_km2[10] == pytest.approx(float(areas_km2(box(0, -85, 0.5, -84.5).shape)[0]), rel=1e-9)
    flat = CellGrid.world(step_deg=2.0)
    assert len(flat) == 90 * 180
    assert flat.area_km2.sum() == pytest.approx(EARTH_AREA_KM2, rel=1e-12)


@pytest.mark.parametrize("step_deg", [0.0, 0.01, 7.0, 91.0, float("nan"), True])
def test_a_step_that_does_not_divide_the_globe_is_refused(step_deg: float) -> None:
    with pytest.raises(InvalidValue, match="step_deg"):
        LatLonGrid(step_deg)


def test_a_world_grid_takes_one_size_only() -> None:
    with pytest.raises(InvalidValue, match="either cell_km or step_deg"):
        CellGrid.world(50.0, step_deg=1.0)
    with pytest.raises(InvalidValue, match=r"take 0\.6 or more"):
        CellGrid.world(step_deg=0.25)
