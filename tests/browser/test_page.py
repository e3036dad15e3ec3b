"""The plain page in a real browser: the form works by mouse, by keyboard and by address; hostile names stay text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from tests.faces import HOSTILE_FORMULA, HOSTILE_MARKUP, LEO

pytestmark = pytest.mark.browser
DEADLINE_MS = 60_000
PASSES = "?lat=54.9&lon=23.9&start=2026-03-10T06:00:00Z&hours=24&min_elevation=10"
HOSTILE = f"{PASSES}&objects={LEO + 9},{LEO + 10}"


@contextmanager
def opened(browser: Any, address: str, *, expected_errors: int = 0, **options: Any) -> Iterator[Any]:
    """A page that is ready; at the end, nothing but `address` was asked and nothing was wrong on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_default_timeout(DEADLINE_MS)
    page.goto(address)
    page.wait_for_selector("html[data-ready]", timeout=DEADLINE_MS)
    try:
        yield page
    finally:
        context.close()
    host = "/".join(address.split("/")[:3])
    assert [url for url in asked if not url.startswith(host)] == []
    assert len(wrong) == expected_errors, wrong


def rows(page: Any) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in page.locator("#passes tbody tr").all()]


def test_the_page_shows_the_catalogue_its_age_and_that_it_is_simulated(browser: Any, simulated_address: str) -> None:
    stamp = httpx2.get(f"{simulated_address}/v1/catalogue").json()
    with opened(browser, simulated_address) as page:
        assert page.inner_text("#mode") == "SIMULATED"
        assert page.is_visible("#mode")
        assert f"{stamp['catalogue']['objects']:,} objects" in page.inner_text("#stamp")
        assert "days old" in page.inner_text("#stamp")
        counts = page.inner_text("#counts")
        assert "By owner" in counts
        assert f"United States (US)\n{stamp['by_owner']['US']:,}" in counts
        assert "SIMULATED" in page.inner_text("#catalogue-caveats")


def test_the_form_finds_the_passes_of_the_api_and_writes_its_question_into_the_address(
    browser: Any, simulated_address: str
) -> None:
    with opened(browser, simulated_address) as page:
        page.fill("[name=lat]", "50.45")
        page.fill("[name=lon]", "30.52")
        page.fill("[name=start]", "2026-01-02 00:00")
        page.fill("[name=hours]", "6")
        page.select_option("[name=mission]", "imaging")
        page.click("button")
        page.wait_for_selector("#result:not([hidden])")
        query = page.url.partition("?")[2]
        answer = httpx2.get(f"{simulated_address}/v1/passes?{query}", timeout=60.0).json()
        assert answer["passes_found"] > 0
        assert answer["selection"]["alliance"] == "nato"
        shown = rows(page)
        assert len(shown) == min(500, answer["passes_found"])
        assert shown[0][0].endswith(str(answer["passes"][0]["norad_id"]))
        assert "SIMULATED catalogue" in page.inner_text("#summary")
        assert "owner outside the group" in page.inner_text("#rest")
        with page.expect_download() as download:
            page.click("#downloads a:has-text('CSV')")
        text = download.value.path().read_text(encoding="utf-8")
        assert text.count("\n") == answer["passes_found"] + 1


def test_an_address_with_a_whole_question_is_answered_at_once(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/{PASSES}&objects={LEO}") as page:
        assert page.is_visible("#result")
        assert {row[0] for row in rows(page)} == {f"CIRCULAR LEO {LEO}"}
        assert page.input_value("[name=start]") == "2026-03-10 06:00"
        assert page.inner_text("#mode") == "REAL"


def test_errors_are_told_in_words_at_the_field_and_the_page_goes_on(browser: Any, real_address: str) -> None:
    with opened(browser, real_address, expected_errors=2) as page:  # the browser itself notes each 422
        page.fill("[name=lat]", "91")
        page.click("button")
        page.wait_for_selector("#problem:not([hidden])")
        assert page.inner_text("#problem") == "Latitude “91”: must be at most 90."
        assert page.evaluate("document.activeElement.name") == "lat"
        assert page.get_attribute("[name=lat]", "aria-invalid") == "true"
        page.fill("[name=lat]", "54.9")
        page.fill("[name=alliance]", "NATOO")
        page.click("button")
        page.locator("#problem", has_text="did you mean NATO").wait_for()
        page.fill("[name=alliance]", "")
        page.fill("[name=objects]", str(LEO))
        page.fill("[name=start]", "2026-03-10 06:00")
        page.click("button")
        page.wait_for_selector("#result:not([hidden])")
        assert not page.is_visible("#problem")


def test_hostile_names_are_shown_as_text_and_run_nowhere(browser: Any, real_address: str) -> None:
    with opened(browser, f"{real_address}/{HOSTILE}") as page:
        names = " ".join(row[0] for row in rows(page))
        assert HOSTILE_FORMULA in names
        assert HOSTILE_MARKUP.replace(chr(27), "?") in names
        assert page.locator("#passes img").count() == 0
        assert page.title() == "allied-ssa"


def test_the_page_is_used_with_the_keyboard_alone(browser: Any, real_address: str) -> None:
    with opened(browser, real_address) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        reached = []
        for _ in range(11):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.name || document.activeElement.type"))
        expected = [
            "lat", "lon", "alt_m", "start", "hours", "min_elevation", "alliance", "mission", "commercial", "objects",
            "submit",
        ]  # fmt: skip
        assert reached == expected
        page.fill("[name=objects]", str(LEO))
        page.fill("[name=start]", "2026-03-10 06:00")
        page.keyboard.press("Enter")
        page.wait_for_selector("#result:not([hidden])")
        assert page.evaluate("document.activeElement.id") == "result-title"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_text_is_readable_in_light_and_dark_and_nothing_overflows(
    browser: Any, real_address: str, scheme: str, width: int
) -> None:
    with opened(browser, f"{real_address}/{PASSES}&objects={LEO}", color_scheme=scheme) as page:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        poor = page.evaluate(_POOR_CONTRAST)
        assert poor == []


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
    && node.checkVisibility() && !["SCRIPT", "OPTION", "NOSCRIPT"].includes(node.tagName)
  ).map((node) => {
    const pair = [light(parts(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
    return [node.tagName, node.textContent.slice(0, 30), (pair[0] + 0.05) / (pair[1] + 0.05)];
  }).filter(([, , contrast]) => contrast < 4.5);
}"""
