"""The globe in a real browser: objects are drawn where the service says they are, and a click finds them."""

from __future__ import annotations

from typing import Any

import httpx2
import numpy as np
import pytest

from tests.browser.pages import accessible, opened, settled
from tests.faces import GEO_VISIBLE, LEO

pytestmark = pytest.mark.browser
AT = "2026-03-10T06:00:30Z"  # between two key frames
SMALL = {"width": 1000, "height": 600}
one_metre = 1e-3  # km
two_pixels = 2.0

_CAMERA = """() => {
  const scene = __ssa.app.stage.scene, flat = (matrix) => Array.from(matrix);
  return {view: flat(scene.camera.viewMatrix), projection: flat(scene.camera.frustum.projectionMatrix),
          size: [scene.canvas.clientWidth, scene.canvas.clientHeight]};
}"""


def service_position_km(address: str, norad_id: int) -> np.ndarray:
    query = {"start": AT, "hours": 0.001}
    answer = httpx2.get(f"{address}/v1/objects/{norad_id}/ephemeris", params=query).json()
    return np.array(answer["objects"][0]["states"][0]["position_itrs_km"])


def projected(camera: dict[str, Any], position_km: np.ndarray) -> np.ndarray:
    """The pixel of a position: view, projection, and the size of the canvas."""
    view, projection = (np.array(camera[name]).reshape(4, 4).T for name in ("view", "projection"))
    clip = projection @ view @ np.append(position_km * 1000.0, 1.0)
    x, y = clip[:2] / clip[3]
    width, height = camera["size"]
    return np.array([(x + 1.0) / 2.0 * width, (1.0 - y) / 2.0 * height])


@pytest.mark.parametrize("norad_id", [LEO, GEO_VISIBLE])
def test_an_object_is_drawn_where_the_service_says_it_is_and_a_click_there_picks_it(
    browser: Any, real_address: str, norad_id: int
) -> None:
    where = service_position_km(real_address, norad_id)
    lon, lat = np.degrees(np.arctan2(where[1], where[0])), np.degrees(np.arcsin(where[2] / np.linalg.norm(where)))
    view = f"?stage=globe&lite=1&t={AT}&cam={lon + 4:.3f},{lat:.3f},60000"
    with opened(browser, f"{real_address}/{view}", viewport=SMALL) as page:
        settled(page)
        assert np.linalg.norm(np.array(page.evaluate(f"__ssa.position({norad_id})")) - where) < one_metre
        shown = page.evaluate(f"__ssa.screenPos({norad_id})")
        expected = projected(page.evaluate(_CAMERA), where)
        assert np.linalg.norm(np.array([shown["x"], shown["y"]]) - expected) < two_pixels
        box = page.locator("#stage").bounding_box()
        page.mouse.click(box["x"] + expected[0], box["y"] + expected[1])
        page.wait_for_selector("#card:not([hidden])")
        assert str(norad_id) in page.inner_text("#card dl")
        page.wait_for_url(f"**object={norad_id}**")
        settled(page)
        assert page.evaluate("__ssa.app.track.teme.length") > 100
        colour = pixel(page, box["x"] + expected[0], box["y"] + expected[1])
        assert min(colour) > 200  # the mark of the chosen object is white
        accessible(page)


@pytest.mark.parametrize("norad_id", [LEO, GEO_VISIBLE])
def test_the_graphics_card_draws_an_object_where_it_is_in_its_colour_until_it_is_filtered_out(
    browser: Any, real_address: str, norad_id: int
) -> None:
    where = service_position_km(real_address, norad_id)  # half a minute from a key frame: a straight line is 4 km off
    lon, lat = np.degrees(np.arctan2(where[1], where[0])), np.degrees(np.arcsin(where[2] / np.linalg.norm(where)))
    height_km = np.linalg.norm(where) - 6371.0 + 300.0  # a pixel is 0.3 km there
    view = f"?stage=globe&lite=1&t={AT}&cam={lon:.4f},{lat:.4f},{height_km:.0f}&colour=regime"
    with opened(browser, f"{real_address}/{view}", viewport=SMALL) as page:
        settled(page)
        row = page.evaluate(f"__ssa.app.catalogue.rowOf({norad_id})")
        colour = np.array(list(bytes.fromhex(page.evaluate(f"__ssa.app.groups[__ssa.app.codes[{row}]].colour")[1:])))
        box = page.locator("#stage").bounding_box()
        x, y = projected(page.evaluate(_CAMERA), where) + np.array([box["x"], box["y"]])
        assert 0.0 < x - box["x"] < box["width"]
        assert np.abs(np.array(pixel(page, x, y)) - colour).max() < 40
        page.fill("[name=q]", "nothing is called this")
        page.wait_for_function("__ssa.counts.visible === 0")
        settled(page)
        page.wait_for_timeout(1_000)  # for the next frame
        assert np.abs(np.array(pixel(page, x, y)) - colour).max() > 60


def pixel(page: Any, x: float, y: float) -> tuple[int, int, int]:
    """The colour of one pixel of a screenshot."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(page.screenshot())) as picture:
        return picture.convert("RGB").getpixel((round(x), round(y)))


def test_the_camera_is_turned_by_keys_and_stands_in_the_address(browser: Any, simulated_address: str) -> None:
    with opened(browser, f"{simulated_address}/?stage=globe&lite=1&cam=20,35,24000", viewport=SMALL) as page:
        settled(page)
        page.focus("#stage")
        before = page.evaluate("__ssa.app.stage.camera")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("+")
        after = page.evaluate("__ssa.app.stage.camera")
        assert after[0] > before[0] + 3.0
        assert after[2] < before[2]
        page.wait_for_function("!location.search.includes('cam=20,35,24000')")


def test_without_webgl_the_flat_map_is_drawn_and_says_why(browser: Any, simulated_address: str) -> None:
    blind = """const kept = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
          return kind.startsWith("webgl") ? null : kept.call(this, kind, ...more);
        };"""
    with opened(browser, f"{simulated_address}/?q=galileo", script=blind) as page:
        settled(page)
        assert page.evaluate("__ssa.stage") == "map"
        assert "no WebGL 2" in page.inner_text("#stage-note")
        first = page.evaluate("__ssa.app.visible.indexOf(1)")
        number = page.evaluate(f"__ssa.app.catalogue.id({first})")
        place = page.evaluate(f"__ssa.screenPos({number})")
        box = page.locator("#stage").bounding_box()
        page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
        page.wait_for_selector("#card:not([hidden])")
        assert "GALILEO" in page.inner_text("#card h2")
