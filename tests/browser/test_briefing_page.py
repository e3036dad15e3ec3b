"""A briefing opened from disk without a network: it asks nothing, complains of nothing, and its globe answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from api.scenes.briefing_page import briefing_html
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.offline import READY, from_disk
from tests.made_up_briefing import HOSTILE, MARKING, hostile_briefing, plain_briefing, shown, threatened_briefing

pytestmark = pytest.mark.browser
STARTED = "document.documentElement.dataset.globe"
OPENS_WITHIN_S = 3.0
NAMES_OF_SECTIONS = (
    "bottom_line", "globe", "coverage", "gaps", "contribution", "looks", "conjunctions", "debris", "decays", "ages",
    "method", "inputs",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(plain_briefing(), tmp_path_factory.mktemp("plain") / "briefing.html")


def written(found: Any, file: Path, *, light: bool = False) -> Path:
    answer, tracks, made = shown(found, marking=MARKING)
    file.write_text(briefing_html(found, answer, made, tracks, light=light), encoding="utf-8")
    return file


def test_it_opens_in_time_shows_its_globe_and_follows_mouse_keys_and_slider(browser: Any, whole: Path) -> None:
    with from_disk(browser, whole, height=720) as opened:
        page = opened.page
        assert page.is_visible("#part-bottom_line li >> nth=0")
        paint = "performance.getEntriesByName('first-contentful-paint')"
        page.wait_for_function(f"{paint}.length")
        assert page.evaluate(f"{paint}[0].startTime") / 1000.0 <= OPENS_WITHIN_S
        page.wait_for_function(STARTED)
        assert page.evaluate(STARTED) == "on"
        page.wait_for_function(READY)
        assert not page.is_visible(".figure.tracks")
        assert page.evaluate("viewer.dataSources.get(0).entities.values.length") > 3
        page.click("#play")
        assert page.evaluate("viewer.clock.shouldAnimate") is False
        assert page.inner_text("#play") == "Play"
        before = page.evaluate("viewer.clock.currentTime.secondsOfDay")
        page.locator("#time").fill("3600")
        moved = page.evaluate("Cesium.JulianDate.secondsDifference(viewer.clock.currentTime, viewer.clock.startTime)")
        assert moved == pytest.approx(3600.0)
        assert page.evaluate("viewer.clock.currentTime.secondsOfDay") != before
        page.wait_for_function("document.getElementById('clock').textContent === '2026-01-02 01:00:00 UTC'")
        where = "viewer.camera.positionCartographic.longitude"
        longitude = page.evaluate(where)
        page.locator("#globe").scroll_into_view_if_needed()
        box = page.locator("#globe").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 120, y, steps=4)
        page.mouse.up()
        page.wait_for_function(f"Math.abs({where} - {longitude}) > 0.01")
        page.wait_for_timeout(500)
        longitude = page.evaluate(where)
        page.focus("#globe")
        page.keyboard.press("ArrowRight")
        assert page.evaluate(where) != longitude
        page.emulate_media(media="print")
        assert not page.is_visible("#globe")
        assert page.is_visible(".figure.tracks")
    assert (opened.asked, opened.wrong) == ([], [])


def test_names_on_the_globe_cover_neither_one_another_nor_the_far_side(browser: Any, whole: Path) -> None:
    places = """() => viewer.dataSources.get(0).entities.values.filter((one) => one.label).map((one) => {
        const where = one.position.getValue(viewer.clock.currentTime);
        const at = where && Cesium.SceneTransforms.worldToWindowCoordinates(viewer.scene, where);
        const eye = new Cesium.EllipsoidalOccluder(Cesium.Ellipsoid.WGS84, viewer.camera.positionWC);
        return {name: one.name, shown: one.label.show.getValue(viewer.clock.currentTime), x: at?.x, y: at?.y,
            front: Boolean(where) && eye.isPointVisible(where), letters: one.name.length};
    })"""
    with from_disk(browser, whole, height=720) as opened:
        page = opened.page
        page.wait_for_function(STARTED)
        page.click("#play")
        page.evaluate("viewer.camera.setView({destination: Cesium.Cartesian3.fromDegrees(24, 55, 4e7)})")
        page.wait_for_function(f"({places})().some((row) => row.front && !row.shown && row.x > 20 && row.x < 600)")
        page.wait_for_timeout(2000)
        rows = page.evaluate(places)
        shown = [row for row in rows if row["shown"]]
        assert shown
        assert all(row["front"] for row in shown)
        for k, one in enumerate(shown):
            for other in shown[k + 1 :]:
                wide = 6.0 * (one["letters"] + other["letters"]) / 2.0  # a letter of 12 px is 6 px wide
                assert abs(one["x"] - other["x"]) >= wide or abs(one["y"] - other["y"]) >= 16.0, (one, other)
        hidden = next(row for row in rows if row["front"] and not row["shown"] and 20 < row["x"] < 600)
        page.locator("#globe").scroll_into_view_if_needed()
        box = page.locator("#globe").bounding_box()
        page.mouse.move(box["x"] + hidden["x"], box["y"] + hidden["y"])
        name = json.dumps(hidden["name"])
        page.wait_for_function(f"({places})().some((row) => row.name === {name} && row.shown)")
    assert (opened.asked, opened.wrong) == ([], [])


def test_hostile_names_run_nowhere_and_stay_names_on_the_globe(browser: Any, tmp_path: Path) -> None:
    with from_disk(browser, written(hostile_briefing(), tmp_path / "hostile.html")) as opened:
        page = opened.page
        page.wait_for_function(STARTED)
        assert page.evaluate(STARTED) == "on"
        page.wait_for_function(READY)
        names = set(page.evaluate("viewer.dataSources.get(0).entities.values.map((entity) => entity.name)"))
        assert names
        assert names <= set(HOSTILE)
        assert page.title() == HOSTILE[0]
        assert page.locator("img, b, u, em, i, h1 h1").count() == 0
        assert page.locator(".marking").all_inner_texts() == [MARKING] * 2
    assert (opened.asked, opened.wrong) == ([], [])


def test_without_webgl_the_flat_map_is_shown_and_said_why(browser: Any, whole: Path) -> None:
    program = next(filter(None, map(shutil.which, NAMES)))
    plain = browser.browser_type.launch(executable_path=program, args=[*FLAGS, "--disable-3d-apis"])
    with from_disk(plain, whole) as opened:
        page = opened.page
        page.wait_for_function(STARTED)
        assert page.evaluate(STARTED) == "off"
        assert page.is_visible(".figure.tracks")
        assert page.is_visible(".no-globe")
        assert not page.is_visible("#globe")
    plain.close()
    assert (opened.asked, opened.wrong) == ([], [])


def test_the_light_page_is_complete_without_any_script(browser: Any, tmp_path: Path) -> None:
    file = written(threatened_briefing(), tmp_path / "light.html", light=True)
    with from_disk(browser, file, java_script_enabled=False, width=1180, height=900) as opened:
        page = opened.page
        assert page.is_visible(".figure.tracks")
        for name in NAMES_OF_SECTIONS:
            assert page.is_visible(f"#part-{name}")
    assert (opened.asked, opened.wrong) == ([], [])


@pytest.mark.parametrize("width", [380, 760, 1180])
def test_nothing_is_wider_than_the_window(browser: Any, tmp_path: Path, width: int) -> None:
    file = written(hostile_briefing(), tmp_path / "light.html", light=True)
    with from_disk(browser, file, width=width, height=800) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        wide = opened.page.evaluate("""() => [...document.querySelectorAll("td, th, li, p, h1, h2, caption")]
            .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)""")
        assert wide == []
