"""Maps about a pole: areas, seams, what is opposite, names of lines, and which regions have such a map."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely

from api.scenes.azimuthal_frame import AzimuthalFrame, frame_around
from api.scenes.map_frame import MapFrame
from ssa import CellGrid, parse_region
from ssa.regions.outlines import outlines

ARCTIC = "box:-180,75,180,90"


def frame_of(region: str) -> MapFrame | AzimuthalFrame:
    return frame_around(CellGrid.over(parse_region(region)))


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        (ARCTIC, AzimuthalFrame), ("box:-180,-90,180,-60", AzimuthalFrame), ("country:CA", AzimuthalFrame),
        ("box:150,68,200,80", AzimuthalFrame), ("country:AQ", AzimuthalFrame), ("country:LT", MapFrame),
        ("box:-60,40,-5,66", MapFrame), ("box:0,50,20,69.9", MapFrame), ("world", MapFrame),
        ("box:-180,40,180,90", MapFrame),
    ],
)  # fmt: skip
def test_regions_that_come_near_a_pole_are_drawn_about_their_middle(region: str, kind: type) -> None:
    assert type(frame_of(region)) is kind


def rings(path: str) -> list[np.ndarray]:
    return [
        np.array([point.split(" ") for point in ring.split("L")], dtype=float) for ring in re.findall("M([^Z]*)Z", path)
    ]


@pytest.mark.parametrize("region", [ARCTIC, "country:CA", "country:AQ", "box:150,68,200,80"])
def test_areas_on_the_map_are_those_on_the_earth(region: str) -> None:
    place = parse_region(region)
    frame = frame_of(region)
    assert isinstance(frame, AzimuthalFrame)
    drawn = frame._seen(place.shape).area / frame.scale_px**2  # of an Earth of radius 1
    assert drawn == pytest.approx(place.area_km2 / 6371.0072**2, rel=3e-3)  # islands below a pixel are left out


def test_a_cap_about_the_pole_is_one_ring_without_a_seam_and_lies_in_the_middle() -> None:
    frame = frame_of(ARCTIC)
    [ring] = rings(frame.path([parse_region(ARCTIC).shape]))
    away = np.hypot(ring[:, 0] - frame.width_px / 2.0, ring[:, 1] - frame.height_px / 2.0)
    assert np.ptp(away) < 0.5
    # Greenwich points down, 90 deg east to the right
    x, y = frame.points_px(np.array([0.0, 90.0]), np.array([75.0, 75.0]))
    assert x[0] == pytest.approx(frame.width_px / 2.0)
    assert y[0] > frame.height_px / 2.0
    assert x[1] > frame.width_px / 2.0


def test_a_region_across_the_antimeridian_has_no_edge_along_it() -> None:
    assert len(rings(frame_of("box:150,68,200,80").path([parse_region("box:150,68,200,80").shape]))) == 1


def test_the_land_opposite_is_not_on_the_map() -> None:
    frame = frame_of(ARCTIC)
    antarctica = next(outline for outline in outlines() if outline.name == "Antarctica")
    assert frame.path([antarctica.shape]) == ""
    assert frame.path(outline.shape for outline in outlines() if outline.name == "Greenland") != ""


@pytest.mark.parametrize("region", [ARCTIC, "country:CA", "country:NO", "box:-180,-90,180,-60"])
def test_lines_stay_in_the_frame_and_are_named(region: str) -> None:
    frame = frame_of(region)
    graticule = frame.graticule()
    for line in graticule.lines:
        x, y = np.array(line).T
        assert x.min() >= -1e-6
        assert x.max() <= frame.width_px + 1e-6
        assert y.min() >= -1e-6
        assert y.max() <= frame.height_px + 1e-6
    words = [label.words for label in graticule.labels]
    assert sum(word.endswith(("N", "S")) for word in words) >= 2
    assert sum(not word.endswith(("N", "S")) for word in words) >= 3
    assert len(words) == len(set(words))


def test_cells_meet_the_region_they_are_cut_from() -> None:
    cells = CellGrid.over(parse_region(ARCTIC), 400.0)
    frame = frame_around(cells)
    west, east, south, north = cells.west_deg, cells.east_deg, cells.south_deg, cells.north_deg
    assert west is not None and east is not None and south is not None and north is not None  # noqa: PT018
    left = frame.turned(west)
    shapes = [
        shapely.Polygon(rings(frame.cell_path(*edges))[0])
        for edges in zip(left.tolist(), (left + (east - west)).tolist(), south.tolist(), north.tolist(), strict=True)
    ]
    whole = shapely.union_all(shapes, grid_size=0.05).area
    assert whole == pytest.approx(sum(shape.area for shape in shapes), rel=2e-3)  # none lies on another
    assert isinstance(frame, AzimuthalFrame)
    assert whole >= 0.995 * frame._seen(parse_region(ARCTIC).shape).area
