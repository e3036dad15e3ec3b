"""Maps: frames across the antimeridian, classes that hold every value, and colours that go the right way."""

from __future__ import annotations

import numpy as np
import pytest

from api.scenes.colour_scale import CIVIDIS, ColourScale
from api.scenes.coverage_map import TITLES
from api.scenes.map_frame import MapFrame
from api.scenes.svg_text import svg_text
from ssa import CellGrid, parse_region


def test_a_frame_across_the_antimeridian_is_no_wider_than_its_region() -> None:
    frame = MapFrame.around(CellGrid.over(parse_region("box:170,50,195,72")))
    assert 150.0 < frame.west_deg < 170.0
    assert 195.0 < frame.east_deg < 215.0
    assert frame.turned(np.array([-175.0, 175.0])).tolist() == pytest.approx([185.0, 175.0])


def test_the_whole_earth_is_shown_once() -> None:
    frame = MapFrame.around(CellGrid.world(1000.0))
    assert (frame.west_deg, frame.south_deg, frame.east_deg, frame.north_deg) == (-180.0, -90.0, 180.0, 90.0)


def test_an_outline_across_the_antimeridian_has_no_edge_along_it() -> None:
    region = parse_region("box:170,50,195,72")
    path = MapFrame.around(CellGrid.over(region)).path([region.shape])
    assert path.count("M") == 1


@pytest.mark.parametrize("high", [1e-7, 0.004, 0.5, 1.0, 59.0, 3000.0, 86_400.0, 2e6])
@pytest.mark.parametrize("measure", TITLES)
def test_every_value_lies_in_the_class_that_the_legend_shows(high: float, measure: str) -> None:
    values = np.append(np.linspace(high / 3.0, high, 50), np.nan)
    scale = ColourScale.of(values, measure)
    classes = scale.classes(values)
    assert classes[-1] == -1
    assert len(scale.edges) == len(scale.colours) + 1 <= 11
    shown = values[:-1] * scale.factor
    at = classes[:-1]
    edges = np.array(scale.edges)
    slack = 1e-9 * edges[-1]
    assert (shown >= edges[at] - slack).all()
    assert (shown <= edges[at + 1] + slack).all()
    assert len(set(scale.labels())) == len(scale.edges)
    # a label is the edge itself, not a rounded one
    assert [float(label.replace(",", "")) for label in scale.labels()] == pytest.approx(scale.edges, rel=1e-9)


def test_light_is_more_coverage_and_a_shorter_gap() -> None:
    values = np.array([0.1, 0.9])
    assert ColourScale.of(values, "covered_fraction").colours[-1] == CIVIDIS[-1]
    assert ColourScale.of(values, "max_gap_s").colours[0] == CIVIDIS[-1]


@pytest.mark.parametrize("values", [[0.0, 0.0], [0.25, 0.25], [np.nan]])
def test_a_single_value_has_one_class(values: list[float]) -> None:
    scale = ColourScale.of(np.array(values), "covered_fraction")
    assert (len(scale.colours), len(scale.labels())) == (1, 1)
    assert set(scale.classes(np.array(values)).tolist()) <= {0, -1}


def test_text_is_escaped_shortened_and_without_control_characters() -> None:
    assert svg_text("a" * 50, 10) == "a" * 9 + "…"
    assert svg_text("<&>\"'\x00\x1b\u202e") == "&lt;&amp;&gt;&quot;&apos;???"
