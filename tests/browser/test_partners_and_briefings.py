"""Coverage with partners, passes of every object, and briefings made from the views, with the marking of the page."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.browser.pages import accessible, cells_of, opened

pytestmark = pytest.mark.browser
START = "2026-01-02T00:00:00Z"
COVERAGE = f"?view=coverage&stage=map&region=country:Lithuania&start={START}&hours=6&cell_km=60&marking=EXERCISE"


def test_coverage_tells_both_fleets_apart_and_makes_a_marked_briefing(browser: Any, simulated_address: str) -> None:
    with opened(browser, f"{simulated_address}/{COVERAGE}&alliance=JEF") as page:
        page.fill("[name=partners]", "USA, Japan")
        page.click("button.go")
        page.wait_for_selector("[aria-label=Partners]", state="attached")
        asked = {
            "region": "country:Lithuania", "alliance": "JEF", "partners": "USA,Japan", "mission": "imaging",
            "start": START, "hours": 6, "cell_km": 60,
        }  # fmt: skip
        answer = httpx2.post(f"{simulated_address}/v1/coverage", json=asked, timeout=120.0).raise_for_status().json()
        found = answer["comparison"]
        assert found["ours"]["objects"] < len(answer["fleet"])
        page.click("summary:has-text('Every measure as a table')")
        covered = cells_of(page, "Partners")[0]
        shares = [found["ours"]["covered_fraction"], answer["measures"]["covered_fraction"]]
        assert [float(text.split(" ")[0]) for text in covered[1:3]] == pytest.approx(
            [100 * share for share in shares], abs=0.06
        )
        assert covered[4].startswith("+")
        page.wait_for_url("**partners=**")
        page.click("summary:has-text('Briefing')")
        page.click("button:has-text('Light HTML')")
        page.wait_for_selector("[aria-label='Files of briefings'] a")
        with page.expect_download() as download:
            page.click("[aria-label='Files of briefings'] a")
        assert download.value.suggested_filename.endswith(".html")
        made = download.value.path().read_text(encoding="utf-8")
        assert "EXERCISE" in made
        assert "<script" not in made
        accessible(page)


def test_a_briefing_is_made_from_the_globe_about_the_chosen_site(
    browser: Any, simulated_address_with_jobs: str
) -> None:
    address = simulated_address_with_jobs
    with opened(browser, f"{address}/?stage=map&t={START}&site=54.9,23.9&groups=NATO") as page:
        page.click("summary:has-text('Briefing')")
        assert page.input_value("[name=region]") == "circle:54.9,23.9,500"
        page.fill("[name=hours]", "3")
        page.click("button:has-text('PDF')")
        page.wait_for_selector("[aria-label='Files of briefings'] a, #problem:not([hidden])", timeout=120_000)
        assert page.inner_text("#problem") == ""
        job = httpx2.get(f"{address}/v1/jobs").json()["jobs"][0]
        link = page.get_attribute("[aria-label='Files of briefings'] a", "href")
        assert link == f"/v1/briefings/{job['id']}/file"
        assert httpx2.get(f"{address}{link}").content.startswith(b"%PDF")


def test_passes_of_every_object_are_counted_and_the_first_listed(browser: Any, simulated_address: str) -> None:
    with opened(browser, f"{simulated_address}/?view=passes&stage=map&start={START}&hours=6") as page:
        page.check("[name=all]")
        page.select_option("[name=mission]", "")
        page.click("button.go")
        page.wait_for_selector("#summary")
        asked = {"site": "54.9,23.9", "all": "true", "start": START, "hours": 6, "limit": 3000}
        answer = httpx2.get(f"{simulated_address}/v1/passes", params=asked, timeout=120.0).raise_for_status().json()
        assert answer["passes_found"] > len(answer["passes"]) == 3000
        assert f"{answer['passes_found']:,} passes" in page.inner_text("#summary")
        assert "the first 3,000; the files hold more" in page.inner_text("[aria-label='Table of passes'] caption")
        page.wait_for_url("**all=true**")
