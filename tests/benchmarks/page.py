"""What the page costs in a browser: time until it can be used, time per frame, memory, with the simulated catalogue.

    python -m tests.benchmarks.page

Chromium with WebGL in software, 1,280 x 720. Nothing here is a test: figures depend on the machine and its load.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from orbits import Instant
from ssa.catalogue.sources import update_catalogue
from ssa.catalogue.store import CatalogueStore
from tests.browser.conftest import launched_browser
from tests.faces import served

SECONDS = 6
_FRAMES = """seconds => new Promise((resolve) => {
  const scene = __ssa.app.stage.scene, spent = [];
  let began = 0;
  const before = scene.preUpdate.addEventListener(() => { began = performance.now(); });
  const after = scene.postRender.addEventListener(() => { spent.push(performance.now() - began); });
  __ssa.app.costMs.length = 0;
  __ssa.app.clock.play();
  setTimeout(() => { __ssa.app.clock.play(false); before(); after(); resolve({cesium: spent, ours: __ssa.cost()}); },
    seconds * 1000);
})"""


def measured(browser: Any, address: str, query: str) -> dict[str, Any]:
    """Loading, frames and memory of one view."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    began = time.perf_counter()
    page.goto(f"{address}/{query}")
    page.wait_for_selector("html[data-ready=true]")
    usable_s = time.perf_counter() - began
    page.wait_for_function("__ssa.settled")
    settled_s = time.perf_counter() - began
    frames = page.evaluate(_FRAMES, SECONDS)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")
    page.context.close()
    return {
        "usable_s": usable_s, "settled_s": settled_s, "frames": len(frames["cesium"]),
        "ours_ms": statistics.median(frames["ours"]), "scene_ms": statistics.median(frames["cesium"]),
        "heap_mb": (heap["usedSize"] + heap.get("backingStorageSize", 0)) / 1e6,
    }  # fmt: skip


def main() -> None:
    """Serve the simulated catalogue and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'catalogue.sqlite3'}"
        with CatalogueStore.open(url) as store:
            update_catalogue(store, "simulated", at=Instant.parse("2026-01-01T00:00:00Z"))
        with served(url) as address, launched_browser() as browser:
            for name, query in (("whole", "?stage=globe"), ("lite", "?stage=globe&lite=1"), ("again", "?stage=globe")):
                found = measured(browser, address, f"{query}&t=2026-01-01T12:00:00Z")
                print(
                    f"{name}: usable after {found['usable_s']:.1f} s, drawn after {found['settled_s']:.1f} s; "
                    f"{found['frames'] / SECONDS:.1f} frames/s, of each our own code {found['ours_ms']:.1f} ms, the "
                    f"scene {found['scene_ms']:.1f} ms of the main thread; {found['heap_mb']:.0f} MB"
                )


if __name__ == "__main__":
    main()
