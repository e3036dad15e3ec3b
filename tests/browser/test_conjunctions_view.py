"""The view of conjunctions: asked, sorted, one chosen; its pictures, the clock, and the address that brings it back."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.browser.pages import accessible, cells_of, opened

pytestmark = pytest.mark.browser
ASKED = {"primaries": "owner:US", "start": "2026-01-02T00:00:00Z", "hours": 1, "miss_km": 10}


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
        assert all(row[2].split(" ")[0] in "▲◆●" and "km" in row[2] for row in rows)  # a sign and words, not colour
        assert f"{len(answer['skipped'])} objects skipped" in page.inner_text("#summary")
        assert len(cells_of(page, "Stays")) == len(answer["stays"])
        assert page.locator("#caveats li").count() == len(answer["caveats"])
        page.locator("[aria-label='Table of conjunctions'] button.link").first.click()
        page.wait_for_function("__ssa.app.pointed.length === 2 && __ssa.app.pointed.every(one => one.track)")
        assert page.evaluate("__ssa.time()") == nearest["tca"][:19].replace("T", " ")
        shown = page.evaluate("__ssa.app.pointed.map(one => __ssa.app.catalogue.id(one.row))")
        assert shown == [nearest["primary_id"], nearest["secondary_id"]]
        assert page.locator("figure svg.chart").count() == page.locator("figure details table").count() == 2
        assert page.locator("text=days from it").count() == 2  # the ages of both element sets
        accessible(page)
        page.wait_for_url("**pair=**")
        address = page.url
    with opened(browser, address) as page:
        page.wait_for_selector("figure svg.chart")
        assert page.evaluate("__ssa.time()") == nearest["tca"][:19].replace("T", " ")
        assert page.input_value("[name=primaries]") == "US"
