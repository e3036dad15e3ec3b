"""What browser tests share: a page that is opened and watched, tables as texts, and axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DEADLINE_MS = 30_000
DESK = {"width": 1280, "height": 800}


@contextmanager
def opened(browser: Any, address: str, *, expected_errors: int = 0, **options: Any) -> Iterator[Any]:
    """A page that is ready; at the end, nothing but `address` was asked and nothing was wrong on the console."""
    script = options.pop("script", None)
    context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
    page = context.new_page()
    if script is not None:
        page.add_init_script(script)
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_default_timeout(DEADLINE_MS)
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]", timeout=DEADLINE_MS)
    try:
        yield page
    finally:
        context.close()
    host = "/".join(address.split("/")[:3])
    assert [url for url in asked if not url.startswith((host, "data:", "blob:"))] == []
    assert len(wrong) == expected_errors, wrong


def settled(page: Any) -> None:
    """Waits until the stage is drawn and stands at the time shown."""
    page.wait_for_function("window.__ssa && __ssa.settled", timeout=DEADLINE_MS)


def cells_of(page: Any, label: str) -> list[list[str]]:
    """The texts of a table's body."""
    return page.evaluate(
        "label => [...document.querySelectorAll(`[aria-label='${label}'] tbody tr`)]"
        ".map(row => [...row.cells].map(cell => cell.innerText))",
        label,
    )


def says_what_is_not_in_it(page: Any, answer: dict[str, Any]) -> None:
    """Beside the result, in words: how many objects an answer has none of, of each kind; or that there are none."""
    numbers = {
        "without a position": len(answer.get("failed", [])),
        "skipped": answer.get("skipped_count", len(answer.get("skipped", []))),
        "without a known sensor": len(answer.get("without_sensor", [])),
        "left out for the reasons below": sum(answer.get("left_out", {}).values()),
    }
    expected = [f"{number:,} {words}" for words, number in numbers.items() if number]
    said = f"Objects not in it: {', '.join(expected)}." if expected else "No object was skipped or left out."
    assert page.inner_text("#summary").endswith(said)


@cache
def _axe() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None, "axe-playwright-python is missing: install the extra `test`"
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def accessible(page: Any) -> None:
    """No violation that axe-core calls serious or critical."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [
        (violation["id"], violation["nodes"][0]["html"][:200], violation["nodes"][0]["failureSummary"])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert grave == []
