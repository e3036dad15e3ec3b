"""A browser and the real server for the tests of the page; skipped without Chromium, failed in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import pytest

from tests.faces import fill_real, fill_simulated, served

FLAGS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_program() -> str | None:
    """The browser of the machine, or None; None as well where playwright is missing."""
    if find_spec("playwright") is None:
        return None
    return next(filter(None, (shutil.which(name) for name in NAMES)), None)


@contextmanager
def launched_browser() -> Iterator[Any]:
    """Chromium, started with WebGL in software."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_program(), headless=True, args=FLAGS)
        yield launched
        launched.close()


# Not longer than a module: while playwright runs, its event loop counts as running in the main thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if chromium_program() is None:
        reason = "no Chromium, or no playwright: install chromium and the extra `test`"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with launched_browser() as launched:
        yield launched


@pytest.fixture(scope="session")
def real_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(fill_real(tmp_path_factory.mktemp("real") / "catalogue.sqlite3")) as address:
        yield address


@pytest.fixture(scope="session")
def simulated_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(fill_simulated(tmp_path_factory.mktemp("simulated") / "catalogue.sqlite3")) as address:
        yield address


@pytest.fixture(scope="session")
def simulated_address_with_jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Every heavy question is computed by a job here."""
    url = fill_simulated(tmp_path_factory.mktemp("with_jobs") / "catalogue.sqlite3")
    with served(url, SSA_AT_ONCE_S="0", SSA_WORKERS="1") as address:
        yield address
