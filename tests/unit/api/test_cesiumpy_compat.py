"""cesiumpy behind its wrapper, duty by duty."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import shapely

from api.scenes.cesium_globe import Globe, Viewer
from api.scenes.cesiumpy_compat import BLOCKED, CzmlSource, RawScript, cesiumpy
from api.scenes.javascript import safe_text
from orbits import InvalidValue
from tests.cesiumpy_examples import entities, orbit

HOSTILE = ["</script><script>alert(1)</script>", '"); alert(1); ("', "\\", "\u2028", "'<!--", "</SCRIPT >", "\ud800"]


def written(*drawn: Any) -> str:
    globe = Globe()
    for one in drawn:
        (globe.dataSources if isinstance(one, CzmlSource) else globe.entities).add(one)
    return "\n".join(globe.script)


@pytest.mark.parametrize("before", ["", "import geopy.geocoders;", "sys.modules['geopy'] = None;"])
def test_it_imports_with_geopy_without_it_and_beside_it_and_leaves_it_as_it_was(before: str) -> None:
    code = (
        f"import sys; {before} was = sys.modules.get('geopy'); import api.scenes.cesiumpy_compat as compat; "
        "assert sys.modules.get('geopy') is was; assert 'geopy.geocoders' not in sys.modules or was is not None; "
        "assert compat.cesiumpy.__version__"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", list(entities()))
def test_a_hostile_name_stays_inside_its_text(kind: str, text: str) -> None:
    script = written(entities(text)[kind])
    assert safe_text(text) in script
    assert "</" not in script
    assert "\u2028" not in script


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_of_pins_icons_colours_addresses_and_packets_stay_inside(text: str) -> None:
    script = written(
        cesiumpy.Billboard((0, 0, 0), image=cesiumpy.Pin.fromText(text)),
        cesiumpy.Billboard((0, 0, 0), image=text),
        cesiumpy.Point((0, 0, 0), color=cesiumpy.color.Color.fromString(text)),
        CzmlSource([{"id": "document", "name": text, "version": "1.0"}]),
    )
    assert script.count(safe_text(text)) == 4
    source = cesiumpy.CzmlDataSource(text)
    assert source.script == f"Cesium.CzmlDataSource.load({safe_text(text)})"


def test_a_title_and_a_script_of_a_page_are_closed_where_they_should_be() -> None:
    globe = Globe()
    globe.scripts.add('window.x = "</script><b>";')
    page = globe.to_html("<b>")
    assert "<title>&lt;b&gt;</title>" in page
    assert page.count("<script") == page.count("</script>") == 3
    assert page.count("<div") == page.count("</div>") == 1
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64, np.int16])
def test_numbers_of_numpy_are_written_as_numbers_wherever_they_stand(kind: Any) -> None:
    five, ten = kind(5), kind(10)
    script = written(
        cesiumpy.Point((five, ten, kind(0)), pixelSize=ten), cesiumpy.Polygon([five, five, ten, five, ten, ten]),
        cesiumpy.Polygon(np.array([[5, 5], [10, 5], [10, 10]], dtype=kind)),
        cesiumpy.Wall([5, 5, 10, 10], maximumHeights=[ten, ten], minimumHeights=[five, five]),
        cesiumpy.Ellipse((five, ten), semiMinorAxis=five, semiMajorAxis=ten),
    )  # fmt: skip
    assert "np." not in script
    assert "float" not in script
    assert script.count("fromDegreesArray([5") == 3


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), np.float32("nan")])
def test_numbers_that_cannot_be_drawn_are_refused(wrong: Any) -> None:
    with pytest.raises(InvalidValue, match="no number that can be drawn"):
        cesiumpy.Point((0, 0, wrong))
    with pytest.raises(ValueError, match="longitude"):
        cesiumpy.Polygon([wrong, 0, 1, 1, 2, 2])
    with pytest.raises(ValueError, match="Out of range"):
        written(CzmlSource([{"id": "x", "number": float(wrong)}]))


def test_shapes_of_shapely_are_areas() -> None:
    script = written(cesiumpy.Polygon(shapely.box(5, 6, 7, 8)))
    assert "fromDegreesArray([7.0, 6.0, 7.0, 8.0, 5.0, 8.0, 5.0, 6.0, 7.0, 6.0])" in script


@pytest.mark.parametrize("draw", [
    lambda: cesiumpy.Point("Tallinn"), lambda: cesiumpy.Polygon("Tallinn"), lambda: Globe().camera.flyTo("Tallinn"),
])  # fmt: skip
def test_names_of_places_are_not_sent_to_anybody(draw: Any) -> None:
    with pytest.raises(InvalidValue, match="place names are not looked up"):
        draw()


@pytest.mark.parametrize("name", list(BLOCKED))
def test_what_cesium_cannot_load_any_more_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(InvalidValue, match="cannot be used"):
        getattr(cesiumpy, name)("somewhere")


def test_options_that_cesium_ignores_are_refused() -> None:
    with pytest.raises(InvalidValue, match="is ignored by CesiumJS now"):
        Viewer(terrainExaggeration=3.0)


@pytest.mark.parametrize("divid", ['x" onload="alert(1)', "", "a b"])
def test_a_hostile_name_of_the_container_is_refused(divid: str) -> None:
    with pytest.raises(InvalidValue, match="letters, digits"):
        Viewer(divid)


def test_cesium_and_the_base_map_come_from_this_machine_and_no_token_is_used() -> None:
    page = Viewer(base_url="/static/cesium").to_html()
    assert 'window.CESIUM_BASE_URL = "/static/cesium/";' in page
    assert '<script src="/static/cesium/Cesium.js"></script>' in page
    assert "http" not in page
    assert "baseLayer : Cesium.ImageryLayer.fromProviderAsync(" in page
    assert "Assets/Textures/NaturalEarthII" in page
    assert "baseLayerPicker : false" in page
    assert "infoBox : false" in page
    assert page.index("defaultAccessToken = undefined") < page.index("new Cesium.Viewer")


def test_motion_is_added_as_packets() -> None:
    script = written(orbit())
    assert "viewer.dataSources.add(Cesium.CzmlDataSource.load([{" in script


def test_the_same_scene_has_the_same_bytes_and_a_standalone_page_leaves_it_as_it_was() -> None:
    globe, again = Globe(), Globe()
    for one in (globe, again):
        one.entities.add(list(entities().values()))
    before = globe.script
    assert globe.standalone_html("x") == again.standalone_html("x")
    assert globe.script == before
    assert globe._repr_html_().startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')


def test_what_has_no_form_in_javascript_is_refused() -> None:
    globe = Globe()
    globe.baseLayer = object()
    with pytest.raises(InvalidValue, match="cannot be written as JavaScript"):
        _ = globe.script
    globe.baseLayer = RawScript("false")
    assert "baseLayer : false" in globe.script[1]
