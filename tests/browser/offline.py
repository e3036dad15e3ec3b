"""Pages opened from disk with the network off: everything that they ask for and complain of is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEADLINE_MS = 90_000
READY = "window.viewer && viewer.scene.globe.tilesLoaded && viewer.dataSourceDisplay.ready"


@dataclass
class Opened:
    """A page, what it asked for beyond itself, and what was wrong."""

    page: Any
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@contextmanager
def from_disk(browser: Any, file: Path, *, width: int = 640, height: int = 360, **options: Any) -> Iterator[Opened]:
    """The file in a context without a network. `data:` and `blob:` are the page itself and are not counted as asked."""
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
    opened = Opened(context.new_page())
    opened.page.set_default_timeout(DEADLINE_MS)
    address = file.resolve().as_uri()
    opened.page.on(
        "request",
        lambda request: (
            opened.asked.append(request.url)
            if not request.url.startswith(("data:", "blob:")) and request.url.partition("#")[0] != address
            else None
        ),
    )
    opened.page.on("console", lambda message: opened.wrong.append(f"{message.type}: {message.text}")
                   if message.type in ("error", "warning") else None)  # fmt: skip
    opened.page.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.page.on("dialog", lambda dialog: (opened.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    opened.page.goto(address)
    try:
        yield opened
    finally:
        context.close()
