"""The view of debris: each part asks its route, shows figures that its table repeats, and comes back by its address."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.browser.pages import accessible, cells_of, opened, says_what_is_not_in_it
from tests.faces import GEO_VISIBLE, HOSTILE_MARKUP, LEO, MARKUP

pytestmark = pytest.mark.browser
SHOWN = "#summary"


def asked(address: str, route: str, **query: Any) -> Any:
    """What the service answers to the same question."""
    return httpx2.get(f"{address}/v1/debris/{route}", params=query, timeout=120.0).raise_for_status().json()


def figures(page: Any) -> int:
    """How many pictures stand in the answer; each is followed by a table, its own or the one beneath it."""
    pictures = page.locator("section figure svg.chart").count()
    assert page.locator("section table").count() >= pictures
    assert page.locator("section figure svg.chart[role=img][aria-label]").count() == pictures
    return pictures


def test_density_is_shown_at_once_by_altitude_and_inclination_and_kept_in_the_address(
    browser: Any, simulated_address: str
) -> None:
    with opened(browser, f"{simulated_address}/?view=debris&stage=map") as page:
        page.wait_for_selector(SHOWN)
        answer = asked(simulated_address, "density", width_km=20, by_inclination="true")
        shells = cells_of(page, "Shells")
        assert len(shells) == len(answer["shells"]) == 95
        cells = [value for row in answer["by_inclination_per_km3"] for value in row if value > 0.0]
        assert f"{len(cells):,} cells" in page.text_content("[aria-label=Cells] caption")
        assert page.locator("svg.chart path[shape-rendering]").count() >= 3
        assert figures(page) == 1
        says_what_is_not_in_it(page, answer)
        assert page.locator("#caveats li").count() == len(answer["caveats"])
        accessible(page)
        page.select_option("[name=heights]", label="geostationary belt")
        page.wait_for_url("**altitude_min_km=35286**")
        page.wait_for_function("document.querySelectorAll('[aria-label=Shells] tbody tr').length === 50")
        address = page.url
    with opened(browser, address, viewport={"width": 390, "height": 844}, color_scheme="light") as page:
        page.wait_for_selector(SHOWN)
        assert page.input_value("[name=heights]") == "35286,36286,20"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator("details.table:not([open])").count() == 0  # a phone gets the tables
        accessible(page)


def test_exposure_says_with_whose_objects_and_which_ones_stand_out(browser: Any, simulated_address: str) -> None:
    with opened(browser, f"{simulated_address}/?view=debris&stage=map") as page:
        page.click("[data-part=exposure]")
        page.fill("[name=alliance]", "France")
        page.click("button.go")
        page.wait_for_selector("[aria-label=Causes]", state="attached")
        answer = asked(simulated_address, "risk", alliance="France", limit=1000, avoidance_failure=0.01)
        exposure = answer["exposure"]
        listed = cells_of(page, "Objects")
        assert len(listed) == min(200, exposure["objects"]) > 1
        first = max(answer["objects"], key=lambda row: row["residual_collisions_per_year"])
        assert str(first["norad_id"]) in listed[0][0]
        assert f"{100 * first['catastrophic_fraction']:.1f} %" in listed[0][2]
        pairs = sum(value > 0.0 for row in exposure["exposed_owners_residual"] for value in row)
        assert page.locator("[aria-label=Matrix] tbody tr").count() == min(200, pairs)
        page.select_option("[name=rate]", "all")
        page.wait_for_url("**rate=all**")
        whole = sum(value > 0.0 for row in exposure["exposed_owners"] for value in row)
        assert page.locator("[aria-label=Matrix] tbody tr").count() == min(200, whole)
        assert figures(page) == 2
        accessible(page)
        page.locator("[aria-label=Objects] button.link").first.click()
        page.wait_for_selector("#card:not([hidden])")
        assert str(first["norad_id"]) in page.inner_text("#card")


def test_a_break_up_is_asked_by_name_drawn_and_found_again(browser: Any, simulated_address: str) -> None:
    found = httpx2.get(f"{simulated_address}/v1/objects", params={"regime": "LEO", "limit": 1}).json()["objects"][0]
    at = "2026-03-10T04:00:00Z"
    with opened(browser, f"{simulated_address}/?view=debris&part=breakup&stage=map&t={at}") as page:
        page.fill("[name=object]", "no such thing")
        page.click("button.go")
        page.locator("#problem", has_text="is no object of this catalogue").wait_for()
        assert page.evaluate("document.activeElement.name") == "object"
        page.fill("[name=object]", "")
        page.locator("[name=object]").press_sequentially(found["name"])
        value = page.locator("#found-object option").first.get_attribute("value")
        page.fill("[name=object]", value)
        page.select_option("[name=how]", "mass")
        assert page.is_visible("[name=impactor_kg]")
        assert not page.is_visible("[name=with_object]")
        page.fill("[name=alliance]", "France")
        page.click("button.go")
        page.wait_for_selector("[aria-label='Danger by object']")
        number = value.split(" ")[0]
        answer = asked(
            simulated_address, "breakups", object=number, impactor_kg=1, speed_km_s=10, at=at, alliance="France"
        )
        assert f"{answer['pieces']:,} pieces" in page.inner_text("#view section h2")
        assert page.locator("[aria-label=Pieces] tbody tr").count() == min(200, answer["pieces"]) > 5
        assert page.locator("[aria-label='Danger against time'] tbody tr").count() == 13
        assert len(cells_of(page, "Danger by object")) == len(answer["hazard"]["by_asset"])
        assert page.evaluate("__ssa.app.pointed.map(one => __ssa.app.catalogue.id(one.row))") == [int(number)]
        assert page.evaluate("__ssa.time()") == at[:19].replace("T", " ")
        assert figures(page) >= 3
        assert page.locator("#caveats li").count() == len(answer["caveats"])
        accessible(page)
        page.wait_for_url(f"**breaks={number}**")
        address = page.url
    with opened(browser, address) as page:
        page.wait_for_selector("[aria-label='Danger by object']")
        assert page.input_value("[name=object]") == value
        assert f"{answer['pieces']:,} pieces" in page.inner_text("#view section h2")


def test_decay_lists_the_lowest_orbits_with_their_windows(browser: Any, simulated_address: str) -> None:
    with opened(browser, f"{simulated_address}/?view=debris&part=decay&stage=map") as page:
        page.fill("[name=years]", "5")
        page.keyboard.press("Enter")  # the keyboard alone
        page.wait_for_selector("[aria-label=Windows]")
        rows = cells_of(page, "Windows")
        assert len(rows) == 200
        numbers = ",".join(row[0].split(" ")[-1].split("\n")[-1] for row in rows)
        answer = asked(simulated_address, "decay", objects=numbers, years=5, limit=2000)
        assert [str(row["norad_id"]) for row in answer["windows"]] == numbers.split(",")
        falling = [row for row in answer["windows"] if row["earliest"]]
        assert page.locator("svg.chart rect.pick").count() == min(30, len(falling))
        assert f"{len(falling)} perhaps within 5 years" in page.inner_text("#view section h2")
        assert "200 objects counted" in page.inner_text(SHOWN)
        accessible(page)


def test_hostile_names_stay_text_and_errors_are_told_at_their_field(browser: Any, real_address: str) -> None:
    pair = f"{MARKUP},{LEO},{GEO_VISIBLE}"
    address = f"{real_address}/?view=debris&part=decay&whose=objects&objects={pair}&stage=map&computed=1"
    with opened(browser, address, expected_errors=1) as page:
        page.wait_for_selector("[aria-label=Windows]")
        assert HOSTILE_MARKUP.replace(chr(27), "?") in " ".join(row[0] for row in cells_of(page, "Windows"))
        assert page.locator("main img").count() == 0
        assert page.title() == "allied-ssa"
        page.fill("[name=years]", "999")
        page.click("button.go")
        page.wait_for_selector("#problem:not([hidden])")
        assert page.get_attribute("[name=years]", "aria-invalid") == "true"
        assert not page.is_visible("section[aria-label=Decay]")
