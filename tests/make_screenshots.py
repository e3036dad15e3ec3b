"""Makes pictures of every view of the page, of the simulated catalogue, on a desk's and a phone's screen.

    python -m tests.make_screenshots FOLDER [NAME...]    every view, or some, full size
    python -m tests.make_screenshots --docs [NAME...]    the pictures of docs/, small

Needs Chromium and the extra `test`. Look at each before it goes anywhere.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from orbits import Instant
from ssa.catalogue.sources import update_catalogue
from ssa.catalogue.store import CatalogueStore
from tests.browser.conftest import launched_browser
from tests.faces import served

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DOCS = Path(__file__).resolve().parents[1] / "docs"
AT = "2026-01-01T10:20:00Z"


def object_shown(page: Any) -> None:
    page.wait_for_selector("#card table")


def passes_shown(page: Any) -> None:
    page.wait_for_selector("#summary")
    page.locator("[aria-label='Table of passes'] button.link").nth(2).click()
    page.wait_for_selector("figure:has-text('in the sky of')")
    page.evaluate("document.querySelectorAll('.chart')[1].scrollIntoView({block: 'center'})")


def coverage_shown(page: Any) -> None:
    page.wait_for_selector(".tile")
    page.evaluate("document.querySelector('.tiles').scrollIntoView({block: 'start'})")


def contribution_shown(page: Any) -> None:
    page.wait_for_selector(".tile")
    page.evaluate("document.querySelectorAll('.chart')[2].scrollIntoView({block: 'center'})")


def conjunction_shown(page: Any) -> None:
    page.wait_for_selector("#summary")
    page.locator("[aria-label='Table of conjunctions'] button.link").first.click()
    page.wait_for_selector("figure ellipse")
    page.wait_for_function("__ssa.app.pointed.length === 2 && __ssa.app.pointed.every((one) => one.track)")


def debris_shown(page: Any) -> None:
    page.wait_for_selector("#summary")
    page.evaluate("document.querySelector('#view section h2').scrollIntoView({block: 'start'})")


def danger_shown(page: Any) -> None:
    page.wait_for_selector("[aria-label='Danger by object']")
    page.evaluate("document.querySelector('#view section h2').scrollIntoView({block: 'start'})")


PASSES = f"?view=passes&sites=Kaunas=54.9,23.9&alliance=JEF&mission=imaging&start={AT}&hours=8&t={AT}&cam=20,45,9000"
COVERAGE = (
    f"?view=coverage&region=box:-10,35,40,65&alliance=NATO&mission=imaging&start={AT}&hours=12&cell_km=120"
    f"&measure=max_gap_s&computed=1&t={AT}"
)
CONJUNCTIONS = (
    f"?view=conjunctions&primaries=alliance:NATO&mission=imaging&start={AT}&hours=3&miss_km=10&same_fleet=false"
    f"&min_speed=0.5&computed=1&t={AT}"
)
VIEWS: dict[str, tuple[str, Callable[[Any], None] | None, str]] = {  # name: address, what to wait for, scheme
    "globe": (f"?t={AT}&cam=15,38,19000", None, "dark"),
    "globe-light": (f"?t={AT}&colour=regime&cam=15,38,60000", None, "light"),
    "object": (f"?t={AT}&object=700000041&site=54.9,23.9&site_name=Kaunas&show_mission=navigation&cam=15,38,60000",
               object_shown, "dark"),
    "passes": (PASSES, passes_shown, "dark"),
    "coverage": (COVERAGE, coverage_shown, "dark"),
    "contribution": (COVERAGE, contribution_shown, "light"),
    "conjunctions": (CONJUNCTIONS, conjunction_shown, "dark"),
    "debris": (f"?view=debris&t={AT}&cam=15,38,26000", debris_shown, "dark"),
    "exposure": (f"?view=debris&part=exposure&alliance=NATO&computed=1&t={AT}", debris_shown, "light"),
    "breakup": (f"?view=debris&part=breakup&breaks=700000081&how=mass&alliance=NATO&computed=1&t={AT}", danger_shown,
                "dark"),
    "decay": (f"?view=debris&part=decay&computed=1&t={AT}", debris_shown, "light"),
    "jobs": (f"?view=jobs&t={AT}", None, "dark"),
}  # fmt: skip
IN_DOCS = {
    "globe": "page-globe.png",
    "passes": "page-passes.png",
    "coverage": "page-coverage.png",
    "conjunctions": "page-conjunctions.png",
    "debris": "page-debris.png",
}


def picture(browser: Any, address: str, name: str, size: dict[str, int]) -> bytes:
    """A screenshot of a view that has settled."""
    query, wait, scheme = VIEWS[name]
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(240_000)
    page.goto(f"{address}/{query}")
    page.wait_for_selector("html[data-ready=true]")
    if wait is not None:
        wait(page)
    page.wait_for_function("__ssa.settled")
    page.wait_for_timeout(2_000)  # the last tiles fade in
    content: bytes = page.screenshot()
    context.close()
    return content


def small(content: bytes) -> bytes:
    """The same picture, 1,080 px wide and of 256 colours."""
    with Image.open(io.BytesIO(content)) as shot:
        reduced = shot.convert("RGB").resize((1080, round(1080 * shot.height / shot.width)), Image.Resampling.LANCZOS)
        written = io.BytesIO()
        palette = reduced.quantize(256, method=Image.Quantize.FASTOCTREE)
        palette.save(written, "PNG", optimize=True)
        return written.getvalue()


def main(arguments: list[str]) -> None:
    """Fill a catalogue, serve it, and take the pictures."""
    place_named, *names = arguments
    is_for_docs = place_named == "--docs"
    folder = DOCS if is_for_docs else Path(place_named)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/catalogue.sqlite3"
        with CatalogueStore.open(url) as store:
            update_catalogue(store, "simulated", at=Instant.parse("2026-01-01T00:00:00Z"))
        with served(url) as address, launched_browser() as browser:
            for name in names or (IN_DOCS if is_for_docs else VIEWS):
                if is_for_docs:
                    (folder / IN_DOCS[name]).write_bytes(small(picture(browser, address, name, DESK)))
                    continue
                for screen, size in (("desk", DESK), ("phone", PHONE)):
                    (folder / f"{name}-{screen}.png").write_bytes(picture(browser, address, name, size))
                    print(folder / f"{name}-{screen}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
