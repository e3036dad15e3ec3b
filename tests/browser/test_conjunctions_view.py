"""The view of conjunctions: asked, sorted, one chosen; its pictures, the clock, and the address that brings it back."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.browser.pages import accessible, cells_of, opened, says_what_is_not_in_it, settled

pytestmark = pytest.mark.browser
ASKED = {"primaries": "owner:US", "start": "2026-01-02T00:00:00Z", "hours": 1, "miss_km": 10}
PICK_FIRST = "[aria-label='Table of conjunctions'] button.link >> nth=0"


def test_conjunctions_are_found_sorted_chosen_and_come_back_by_the_address(
    browser: Any, simulated_address: str
) -> None:
    with opened(browser, f"{simulated_address}/?view=conjunctions&stage=map") as page:
        page.select_option("[name=kind]", "owner")
        page.fill("[name=primaries]", "US")
        page.fill("[name=start]", "2026-01-02 00:00")
        page.fill("[name=hours]", "1")
        page.fill("[name=miss_km]", "10")
        page.click("button.go")
        page.wait_for_selector("#summary")
        answer = httpx2.post(f"{simulated_address}/v1/screenings", json=ASKED, timeout=60.0).json()
        nearest = min(answer["conjunctions"], key=lambda row: row["miss_distance_km"])
        rows = cells_of(page, "Table of conjunctions")
        assert len(rows) == min(200, answer["conjunctions_found"]) > 1
        misses = [float(row[3]) for row in rows]
        assert misses == sorted(misses)
        assert misses[0] == pytest.approx(nearest["miss_distance_km"], abs=6e-4)
        assert all(row[2].strip()[0] in "▲◆●" and "km" in row[2] for row in rows)  # a sign and words, not colour
        says_what_is_not_in_it(page, answer)
        assert len(cells_of(page, "Stays")) == len(answer["stays"])
        assert page.locator("#caveats li").count() == len(answer["caveats"])
        page.click(PICK_FIRST)
        page.wait_for_function("__ssa.app.pointed.length === 2 && __ssa.app.pointed.every(one => one.track)")
        assert page.evaluate("__ssa.time()") == nearest["tca"][:19].replace("T", " ")
        shown = page.evaluate("__ssa.app.pointed.map(one => __ssa.app.catalogue.id(one.row))")
        assert shown == [nearest["primary_id"], nearest["secondary_id"]]
        assert page.locator("text=days from it").count() == 2  # the ages of both element sets
        in_full(page, simulated_address, nearest["id"])
        accessible(page)
        page.wait_for_url("**pair=**")
        address = page.url
    with opened(browser, address) as page:
        page.wait_for_selector("figure svg.chart")
        assert page.evaluate("__ssa.time()") == nearest["tca"][:19].replace("T", " ")
        assert page.input_value("[name=primaries]") == "US"


def as_number(words: str) -> float:
    """4.5 × 10⁻⁵ as a number."""
    return float(words.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")).replace(" × 10", "e"))


def in_full(page: Any, address: str, name: str) -> None:
    """What is said of one conjunction is what the service says, each picture beside its table, its message a file."""
    page.wait_for_selector("figure ellipse")
    one = httpx2.get(f"{address}/v1/conjunctions/{name}").json()["conjunction"]
    assert page.locator("figure svg.chart").count() == page.locator("figure details table").count() == 3
    plane = page.locator("figure", has_text="Encounter plane")
    plane.locator("summary").click()
    values = [row.split("\t") for row in plane.locator("tbody").inner_text().splitlines()]
    assert float(values[0][1]) == pytest.approx(one["encounter_plane"]["miss_km"][0], abs=6e-5)
    assert float(values[-1][1]) == pytest.approx(one["encounter_plane"]["hard_body_radius_m"], abs=6e-3)
    assert one["probability"]["covariance_basis"][0] in page.inner_text("dl.facts >> nth=1")
    methods = cells_of(page, "Probabilities by method")
    assert len(methods) == len(one["probability"]["methods"])
    for (_, value, _, words), found in zip(methods, one["probability"]["methods"].values(), strict=True):
        if found is None:
            assert (value, bool(words)) == ("not given", True)
        else:
            assert as_number(value) == pytest.approx(found["value"], rel=0.06, abs=1e-300)
            assert found["assumptions"][0] in words
    assert [row[5] for row in cells_of(page, "Uncertainties")] == one["probability"]["covariance_basis"]
    with page.expect_download() as download:
        page.click("a:has-text('CDM')")
    assert download.value.path().read_text(encoding="utf-8").startswith("CCSDS_CDM_VERS")
    assert download.value.suggested_filename == f"{name}.cdm"


def test_a_box_secondaries_and_filters_are_asked_and_stand_in_the_address(browser: Any, simulated_address: str) -> None:
    with opened(
        browser, f"{simulated_address}/?view=conjunctions&stage=map&start=2026-01-02T00:00:00Z&hours=1"
    ) as page:
        page.select_option("[name=kind]", "owner")
        page.fill("[name=primaries]", "US")
        page.fill("[name=secondaries]", "owner:PRC")
        page.select_option("[name=volume]", "box_rtn_km")
        for name, size in (("radial", "20"), ("along", "30"), ("cross", "40")):
            page.fill(f"[name={name}]", size)
        page.uncheck("[name=same_fleet]")
        page.check("[name=active_only]")
        page.click("button.go")
        page.wait_for_selector("#summary")
        asked = {
            "primaries": "owner:US", "secondaries": "owner:PRC", "start": ASKED["start"], "hours": 1,
            "box_rtn_km": [20, 30, 40], "same_fleet": False, "active_only": True,
        }  # fmt: skip
        answer = httpx2.post(f"{simulated_address}/v1/screenings", json=asked, timeout=60.0).json()
        assert answer["conjunctions_found"] > 0
        assert len(cells_of(page, "Table of conjunctions")) == min(200, answer["conjunctions_found"])
        page.wait_for_url("**box_rtn_km=20,30,40**")
        assert "same_fleet=false" in page.url
        assert "active=true" in page.url
        assert "secondaries=owner:PRC" in page.url


def test_a_policy_grades_and_sorts_by_gravity(browser: Any, simulated_address: str) -> None:
    asked = "primaries=owner:US&start=2026-01-02T00:00:00Z&hours=2&list=grade&computed=1&stage=map"
    with opened(browser, f"{simulated_address}/?view=conjunctions&{asked}") as page:
        page.wait_for_selector("#summary", timeout=90_000)
        question = {"watch": "owner:US", "start": ASKED["start"], "hours": 2, "grade": "green", "limit": 2000}
        answer = httpx2.post(f"{simulated_address}/v1/alerts", json=question, timeout=90.0).json()
        rows = cells_of(page, "Table of conjunctions")
        assert len(rows) == min(200, len(answer["alerts"])) > 0
        assert [row[2].split()[-1] for row in rows] == [one["grade"] for one in answer["alerts"]][:200]
        assert answer["policy"]["title"] in page.inner_text("#summary")
        page.click(PICK_FIRST)
        page.wait_for_selector("figure ellipse")
        assert page.evaluate("__ssa.time()") == answer["alerts"][0]["tca"][:19].replace("T", " ")
        accessible(page)


_SCENE = """async (address) => {
  const source = await Cesium.CzmlDataSource.load(address), { clock, entities } = source;
  const widget = __ssa.app.stage.widget;
  widget.clock.currentTime = clock.currentTime.clone();
  await widget.dataSources.add(source);
  widget.scene.requestRender();
  const after = (s) => Cesium.JulianDate.addSeconds(clock.currentTime, s, new Cesium.JulianDate());
  const [primary, secondary] = entities.values;
  const at = (one, s) => one.position.getValue(after(s));
  const apart = (s) => Cesium.Cartesian3.distance(at(primary, s), at(secondary, s));
  return {names: [primary.name, secondary.name], count: entities.values.length, apart_m: [-60, 0, 60].map(apart),
          between: entities.getById("between").polyline.positions.getValue(clock.currentTime).length};
}"""


def test_the_scene_of_a_conjunction_brings_both_objects_together_in_cesium(
    browser: Any, simulated_address: str
) -> None:
    answer = httpx2.post(f"{simulated_address}/v1/screenings", json=ASKED, timeout=60.0).json()
    row = max(answer["conjunctions"], key=lambda one: one["relative_speed_km_s"])
    view = f"{simulated_address}/?stage=globe&lite=1&q=nothing+is+called+this"
    with opened(browser, view, viewport={"width": 900, "height": 500}) as page:
        settled(page)
        scene = page.evaluate(_SCENE, f"/v1/conjunctions/{row['id']}.czml")
        assert scene["names"] == [row["primary_name"], row["secondary_name"]]
        assert (scene["count"], scene["between"]) == (4, 2)
        before, at_closest, after = scene["apart_m"]
        assert at_closest == pytest.approx(row["miss_distance_km"] * 1e3, abs=3.0)  # the interpolation of CesiumJS
        minute_m = row["relative_speed_km_s"] * 60e3
        assert [before, after] == pytest.approx([minute_m, minute_m], rel=0.1)
        page.wait_for_function("__ssa.app.stage.widget.dataSourceDisplay.ready")
