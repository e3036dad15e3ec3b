"""cesiumpy's own examples in the CesiumJS that is shipped: a page of one file, opened from disk without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.scenes.cesium_globe import Globe
from tests.browser.offline import READY, from_disk
from tests.cesiumpy_examples import entities, orbit

pytestmark = pytest.mark.browser
HOSTILE = "x\"'</script><img src=x onerror=alert(1)>\u2028\\"


def test_the_fourteen_kinds_are_drawn_and_hostile_names_stay_names(browser: Any, tmp_path: Path) -> None:
    globe = Globe(width="100%", height="100%")
    kinds = entities(HOSTILE)
    globe.entities.add(list(kinds.values()))
    globe.dataSources.add(orbit(HOSTILE))
    globe.camera.flyTo((-90, 35, 9e6))
    file = tmp_path / "globe.html"
    file.write_text(globe.standalone_html(HOSTILE), encoding="utf-8")
    with from_disk(browser, file) as opened:
        page = opened.page
        page.wait_for_function(READY)
        names = page.evaluate("viewer.entities.values.map((entity) => entity.name)")
        assert names == [HOSTILE] * len(kinds)
        assert page.evaluate("viewer.dataSources.get(0).entities.getById('orbit').name") == HOSTILE
        moved = (
            "(s) => viewer.dataSources.get(0).entities.getById('orbit').position.getValue(Cesium.JulianDate.addSeconds("
        )
        moved += "viewer.dataSources.get(0).clock.startTime, s, new Cesium.JulianDate())).x"
        assert page.evaluate(moved, 0) == pytest.approx(7.0e6, abs=1.0)
        assert page.evaluate(moved, 3000) == pytest.approx(-7.0e6, abs=1.0)
        assert page.title() == HOSTILE
        assert page.locator("img").count() == 0
    assert (opened.asked, opened.wrong) == ([], [])
