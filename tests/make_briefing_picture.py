"""Makes the picture of a briefing in README.md: `python -m tests.make_briefing_picture`.

The command that README names, on the simulated catalogue and near its epoch, opened from disk in Chromium with the
network off.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from api.command_line import run
from orbits import Instant
from ssa.catalogue.sources import update_catalogue
from ssa.catalogue.store import CatalogueStore
from tests.browser.conftest import launched_browser
from tests.browser.offline import READY, from_disk

OUT = Path(__file__).resolve().parents[1] / "docs" / "briefing.jpg"
ASKED = "--alliance NATO --region country:LT --start 2026-01-02T00:00:00Z --hours 24 --marking EXERCISE"
SIZE_PX = (1180, 1300)


def main() -> None:
    """The picture."""

    with tempfile.TemporaryDirectory() as folder, launched_browser() as browser:
        database, page = f"sqlite:///{folder}/catalogue.sqlite3", Path(folder) / "briefing.html"
        with CatalogueStore.open(database) as store:
            update_catalogue(store, "simulated", at=Instant.parse("2026-01-01T00:00:00Z"))
        assert run(["briefing", *ASKED.split(), "-o", str(page), "--database", database]) == 0
        with from_disk(browser, page, width=SIZE_PX[0], height=SIZE_PX[1]) as opened:
            opened.page.wait_for_function(READY)
            opened.page.click("#play")
            opened.page.locator("#time").fill("720")
            opened.page.wait_for_timeout(5000)
            shown = opened.page.screenshot(timeout=200_000)
        assert (opened.asked, opened.wrong) == ([], [])
    Image.open(io.BytesIO(shown)).convert("RGB").save(OUT, quality=82, optimize=True)


if __name__ == "__main__":
    main()
