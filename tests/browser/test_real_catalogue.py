"""The page on the real catalogue of 2026-03-10: each view does its main task. Skipped where the shared data are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest

from ssa.catalogue.sources import facts_of
from ssa.catalogue.store import CatalogueStore
from tests.browser.pages import accessible, cells_of, opened, settled
from tests.faces import served
from tests.real_catalogue import catalogue_of_march_2026

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
AT = "2026-03-10T12:00:00Z"


@pytest.fixture(scope="module")
def march(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    snapshot = catalogue_of_march_2026(shared)
    url = f"sqlite:///{tmp_path_factory.mktemp('march') / 'catalogue.sqlite3'}"
    with CatalogueStore.open(url) as store:
        store.import_elements(
            snapshot.elements, source=snapshot.source, data_mode="REAL", at=snapshot.as_of, facts=facts_of(snapshot)
        )
    with served(url) as address:
        yield address


def test_the_whole_real_catalogue_is_drawn_at_its_places(browser: Any, march: str) -> None:
    stamp = httpx2.get(f"{march}/v1/catalogue").json()["catalogue"]
    with opened(browser, f"{march}/?stage=globe&lite=1&t={AT}", viewport={"width": 900, "height": 500}) as page:
        settled(page)
        assert page.inner_text("#mode") == "REAL"
        assert page.evaluate("__ssa.counts.objects") == stamp["objects"] > 20_000
        query = {"start": AT, "hours": 0.001}
        answer = httpx2.get(f"{march}/v1/objects/25544/ephemeris", params=query).json()
        where = np.array(answer["objects"][0]["states"][0]["position_itrs_km"])
        assert np.linalg.norm(np.array(page.evaluate("__ssa.position(25544)")) - where) < 1e-3


def test_passes_and_coverage_are_answered_on_the_real_catalogue(browser: Any, march: str) -> None:
    with opened(browser, f"{march}/?view=passes&stage=map&sites=54.9,23.9&objects=25544&start={AT}&hours=24") as page:
        page.wait_for_selector("#summary")
        asked = {"site": "54.9,23.9", "objects": "25544", "start": AT, "hours": 24}
        found = httpx2.get(f"{march}/v1/passes", params=asked).json()["passes_found"]
        assert len(cells_of(page, "Table of passes")) == found > 0
        page.click("nav a:has-text('Coverage')")
        page.fill("[name=hours]", "3")
        page.fill("[name=cell_km]", "80")
        page.click("button.go")
        page.wait_for_selector(".tile")
        assert "REAL catalogue" in page.inner_text("#summary")


def test_every_part_of_debris_is_answered_on_the_real_catalogue(browser: Any, march: str) -> None:
    with opened(browser, f"{march}/?view=debris&stage=map&t={AT}") as page:
        page.wait_for_selector("[aria-label=Shells]", state="attached")
        assert "REAL catalogue" in page.inner_text("#summary")
        page.click("[data-part=exposure]")
        page.click("button.go")
        page.wait_for_selector("[aria-label=Objects]", timeout=120_000)
        assert len(cells_of(page, "Objects")) == 200
        page.click("[data-part=breakup]")
        page.fill("[name=object]", "ENVISAT")
        page.fill("[name=alliance]", "France")
        page.click("button.go")
        page.wait_for_selector("[aria-label='Danger by object']", timeout=120_000)
        assert page.inner_text("#view section h2").startswith("ENVISAT: ")
        page.click("[data-part=decay]")
        page.fill("[name=years]", "2")
        page.click("button.go")
        page.wait_for_selector("[aria-label=Windows]", timeout=120_000)
        assert len(cells_of(page, "Windows")) == 200
        accessible(page)
