"""The page in a real browser: views do their tasks by mouse, keyboard and address; hostile names stay text."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.browser.pages import accessible, cells_of, opened, says_what_is_not_in_it, settled
from tests.faces import HOSTILE_FORMULA, HOSTILE_MARKUP, LEO

pytestmark = pytest.mark.browser
AT = "2026-03-10T06:00:00Z"
PASSES = f"?view=passes&stage=map&sites=54.9,23.9&start={AT}&hours=24&min_elevation=10"
HOSTILE = f"{LEO + 9},{LEO + 10}"


def test_the_page_says_what_catalogue_it_shows_how_old_it_is_and_that_it_is_simulated(
    browser: Any, simulated_address: str
) -> None:
    stamp = httpx2.get(f"{simulated_address}/v1/catalogue").json()["catalogue"]
    with opened(browser, f"{simulated_address}/?stage=map") as page:
        assert page.inner_text("#mode") == "SIMULATED"
        assert f"{stamp['objects']:,} objects" in page.inner_text("#stamp")
        assert "old (old)" in page.inner_text("#stamp")  # by a date that is months past: in words, and in colour
        assert page.get_attribute("#stamp strong", "class") == "old"
        assert "SIMULATED" in page.inner_text(".caveats")
        assert page.evaluate("__ssa.counts.objects") == stamp["objects"]
        accessible(page)


def test_search_filters_and_colours_stand_in_the_address_and_come_back_from_it(
    browser: Any, simulated_address: str
) -> None:
    with opened(browser, f"{simulated_address}/?stage=map") as page:
        page.fill("[name=q]", "galileo")
        page.wait_for_function("__ssa.counts.visible < 100")
        page.select_option("[name=colour]", "regime")
        page.select_option("[name=show_orbit]", "MEO")
        page.wait_for_url("**show_orbit=MEO**")
        shown = page.evaluate("__ssa.counts.visible")
        found = httpx2.get(f"{simulated_address}/v1/objects", params={"q": "galileo", "regime": "MEO"}).json()["total"]
        assert shown == found > 0
        address = page.url
    with opened(browser, address) as page:
        assert page.evaluate("__ssa.counts.visible") == shown
        assert page.input_value("[name=colour]") == "regime"
        page.click(".legend button:has-text('Medium')")  # a group is hidden by its line in the legend
        page.wait_for_function("__ssa.counts.visible === 0")


def test_the_form_finds_the_passes_of_the_api_and_writes_its_question_into_the_address(
    browser: Any, simulated_address: str
) -> None:
    with opened(browser, f"{simulated_address}/?view=passes&stage=map") as page:
        page.click("button[aria-label^='Take']")
        page.fill("[name=site]", "Kyiv=50.45,30.52")
        page.fill("[name=start]", "2026-01-02 00:00")
        page.fill("[name=hours]", "6")
        page.click("button.go")
        page.wait_for_selector("#summary")
        page.wait_for_url("**sites=**")
        asked = {"site": "Kyiv=50.45,30.52", "start": "2026-01-02T00:00:00Z", "hours": "6", "alliance": "NATO"}
        answer = httpx2.get(f"{simulated_address}/v1/passes", params={**asked, "mission": "imaging"}).json()
        assert answer["passes_found"] > 0
        rows = cells_of(page, "Table of passes")
        assert len(rows) == min(200, answer["passes_found"])
        assert rows[0][0].endswith(str(answer["passes"][0]["norad_id"]))
        assert "SIMULATED catalogue" in page.inner_text("#summary")
        says_what_is_not_in_it(page, answer)
        assert "owner outside the group" in page.inner_text("#view")
        with page.expect_download() as download:
            page.click(".links a:has-text('CSV')")
        assert download.value.path().read_text(encoding="utf-8").count("\n") == answer["passes_found"] + 1
        page.locator("[aria-label='Table of passes'] button.link").first.click()
        page.wait_for_selector("figure:has-text('in the sky of Kyiv')")
        assert answer["passes"][0]["culmination"]["time"][:10] == page.evaluate("__ssa.time()")[:10]
        accessible(page)


def test_an_address_with_a_whole_question_is_answered_at_once(browser: Any, real_address: str) -> None:
    old = f"?lat=54.9&lon=23.9&start={AT}&hours=24&objects={LEO}&stage=map"  # as written before there were views
    for query in (old, f"{PASSES}&objects={LEO}"):
        with opened(browser, f"{real_address}/{query}") as page:
            page.wait_for_selector("#summary")
            assert {row[0] for row in cells_of(page, "Table of passes")} == {f"CIRCULAR LEO {LEO}"}
            assert page.input_value("[name=start]") == "2026-03-10 06:00"
            assert page.inner_text("#mode") == "REAL"


def test_errors_are_told_in_words_at_the_field_and_the_page_goes_on(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/?view=passes&stage=map", expected_errors=2) as page:  # it notes each 422
        page.fill("[name=hours]", "9999")
        page.click("button.go")
        page.wait_for_selector("#problem:not([hidden])")
        assert "Length “9999”" in page.inner_text("#problem")
        assert page.evaluate("document.activeElement.name") == "hours"
        assert page.get_attribute("[name=hours]", "aria-invalid") == "true"
        page.fill("[name=hours]", "24")
        page.fill("[name=alliance]", "NATOO")
        page.click("button.go")
        page.locator("#problem", has_text="did you mean NATO").wait_for()
        page.fill("[name=objects]", str(LEO))
        page.fill("[name=start]", "2026-03-10 06:00")
        page.click("button.go")
        page.wait_for_selector("#summary")
        assert not page.is_visible("#problem")


def test_hostile_names_are_shown_as_text_and_run_nowhere(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/{PASSES}&objects={HOSTILE}&object={LEO + 10}") as page:
        page.wait_for_selector("#summary")
        names = " ".join(row[0] for row in cells_of(page, "Table of passes"))
        assert HOSTILE_FORMULA in names
        assert HOSTILE_MARKUP.replace(chr(27), "?") in names
        assert page.inner_text("#card h2") == HOSTILE_MARKUP.replace(chr(27), "?")
        assert page.locator("main img").count() == 0
        assert page.title() == "allied-ssa"


def test_time_is_moved_by_keys_typed_and_played(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/?stage=map&t={AT}") as page:
        page.focus(".scale")
        for key in ("ArrowRight", "PageUp", "ArrowDown"):
            page.keyboard.press(key)
        assert page.evaluate("__ssa.time()") == "2026-03-10 06:51:00"
        page.fill(".time", "2026-03-10 12:00")
        page.keyboard.press("Tab")
        page.wait_for_function("__ssa.settled")
        assert page.evaluate("__ssa.time()") == "2026-03-10 12:00:00"
        page.click("button[aria-label=Play]")
        page.wait_for_function("__ssa.time() > '2026-03-10 12:00:00'")
        page.click("button[aria-label=Pause]")
        page.wait_for_url("**t=2026-03-10T12:00:**")


def test_the_passes_are_asked_with_the_keyboard_alone(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/?view=passes&stage=map") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        reached = []
        for _ in range(15):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.name || ''"))
        expected = ["site", "alliance", "mission", "objects", "commercial", "all", "start", "hours", "min_elevation"]
        assert [name for name in reached if name] == expected
        page.fill("[name=objects]", str(LEO))
        page.fill("[name=start]", "2026-03-10 06:00")
        page.keyboard.press("Enter")
        page.wait_for_selector("#summary")
        assert page.evaluate("document.activeElement.textContent") == "Passes"


def test_coverage_is_computed_by_a_job_shown_and_found_again_by_its_address(
    browser: Any, simulated_address_with_jobs: str
) -> None:
    address = simulated_address_with_jobs
    asked = "region=country:Lithuania&start=2026-01-02T00:00:00Z&hours=6&cell_km=60&stage=map"
    with opened(browser, f"{address}/?view=coverage&{asked}") as page:
        page.click("button.go")
        page.wait_for_selector(".tile")
        job = httpx2.get(f"{address}/v1/jobs").json()["jobs"][0]
        answer = httpx2.get(f"{address}{job['result']}").json()
        assert f"{100 * answer['measures']['covered_fraction']:.1f} % covered" in page.inner_text("#view section h2")
        assert f"{answer['region']['cells']} cells" in page.inner_text("#summary")
        assert f"{len(answer['fleet'])} objects" in page.inner_text("#summary")
        says_what_is_not_in_it(page, answer)
        assert len(cells_of(page, "Longest gaps")) == len(answer["gaps"]["longest"])
        assert page.locator("figure:has-text('Shapley')").count() == 1
        page.wait_for_url(f"**job={job['id']}**")
        accessible(page)
        page.click("summary:has-text('What if')")
        largest = max(answer["contribution"], key=lambda row: row["marginal_fraction"])
        page.locator("label.check", has_text=largest["owner_name"]).first.locator("input").uncheck()
        page.click("button:has-text('Compute without them')")
        page.wait_for_selector("h2:has-text('without')")
        left = answer["measures"]["covered_fraction"] - largest["marginal_fraction"]
        assert page.inner_text(".tile b") == f"{100 * left:.2g} %"
        page.goto(f"{address}/?view=jobs&stage=map")
        page.locator("[aria-label=Jobs] a:has-text('Show')").last.click()
        page.wait_for_selector(".tile")
        assert f"{answer['region']['cells']} cells" in page.inner_text("#summary")
        page.go_back()
        page.wait_for_selector("[aria-label=Jobs]")
        accessible(page)
        page.locator("button:has-text('Remove')").last.click()
        page.wait_for_function("document.querySelectorAll('[aria-label=Jobs] tbody tr').length === 1")


def test_a_region_is_drawn_on_the_map(browser: Any, simulated_address: str) -> None:
    with opened(browser, f"{simulated_address}/?view=coverage&stage=map&start=2026-01-02T00:00:00Z&hours=1") as page:
        page.select_option("[name=kind]", "poly")
        page.click("button:has-text('Draw')")
        box = page.locator("#stage").bounding_box()
        for x, y in ((0.5, 0.4), (0.6, 0.4), (0.55, 0.5)):
            page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        assert "3 corners" in page.inner_text("form")
        page.fill("[name=cell_km]", "500")
        page.click("button.go")
        page.wait_for_selector(".tile")
        page.wait_for_url("**region=poly:**")


def test_the_marking_stands_above_and_below_and_in_the_address(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/?stage=map") as page:
        assert not page.is_visible("#marking-top")
        page.click("summary:has-text('Settings')")
        page.fill("#settings-body input", "FOR EXERCISE <b>ONLY</b>")
        page.wait_for_url("**marking=**")
        assert page.inner_text("#marking-top") == page.inner_text("#marking-bottom") == "FOR EXERCISE <b>ONLY</b>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_text_is_readable_in_light_and_dark_and_nothing_overflows(
    browser: Any, real_address: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    with opened(browser, f"{real_address}/{PASSES}&objects={LEO}", color_scheme=scheme, viewport=size) as page:
        page.wait_for_selector("#summary")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_POOR_CONTRAST) == []
        accessible(page)


def test_a_phone_gets_the_flat_map_and_tables(browser: Any, simulated_address: str) -> None:
    with opened(browser, simulated_address, viewport={"width": 390, "height": 844}) as page:
        settled(page)
        assert page.evaluate("__ssa.stage") == "map"
        assert "small screens get the flat map" in page.inner_text("#stage-note")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert len(cells_of(page, "Objects")) == 200
        accessible(page)


# WCAG 2.2, 1.4.3: contrast of text against what lies behind it, at least 4.5
_POOR_CONTRAST = """() => {
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")].filter((node) =>
    [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())
    && node.checkVisibility() && !["SCRIPT", "OPTION", "NOSCRIPT", "text", "title"].includes(node.tagName)
    && !node.classList.contains("unseen")
  ).map((node) => {
    const pair = [light(parts(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
    return [node.tagName, node.textContent.slice(0, 30), (pair[0] + 0.05) / (pair[1] + 0.05)];
  }).filter(([, , contrast]) => contrast < 4.5);
}"""
