"""What tests of the faces share: two small databases, a client for the app, and the real server in a process.

`real_database` holds the hard eight and three objects that attack the faces, with made-up facts, imported as REAL;
`simulated_database` holds every tenth object of the simulated catalogue.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio.from_thread
import httpx2
import numpy as np

from api.app import create_app
from api.settings import Settings
from orbits import ElementSets, Instant
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.simulated import simulated_catalogue
from ssa.catalogue.sources import facts_of
from ssa.catalogue.store import CatalogueStore
from ssa.missions import missions
from tests.orbits_of_note import HARD_EIGHT, made_up

IMPORTED_AT = Instant.parse("2026-03-10T04:00:00Z")
FIRST = 90_001  # five digits, so that a TLE can be written
LEO, SUN_SYNCHRONOUS, MOLNIYA, GTO, GEO_VISIBLE, GEO_HIDDEN, DECAYING, SINGULAR = range(FIRST, FIRST + 8)
GONE, FORMULA, MARKUP = range(FIRST + 8, FIRST + 11)
HOSTILE_FORMULA = '=HYPERLINK("http://x.invalid";"y")'
HOSTILE_MARKUP = '<img src=x onerror="document.title=1">;,\\ ' + chr(27) + "[2J"
SIMULATED_SHARE = 10

_OWNERS = ["FR", "US", "CIS", "PRC", "UK", "JPN", "GER", "IND", "US", "FR", "UK"]
_TYPES = ["PAY", "PAY", "PAY", "R/B", "PAY", "PAY", "DEB", None, "PAY", "PAY", "PAY"]


def real_elements() -> ElementSets:
    """The hard eight under five-digit numbers, an object that SATCAT calls decayed, and two with hostile names."""
    attackers = [
        made_up("GONE", mean_motion=15.9), made_up(HOSTILE_FORMULA, mean_motion=15.1, inclination=70.0),
        made_up(HOSTILE_MARKUP, mean_motion=14.9, inclination=80.0),
    ]  # fmt: skip
    joined = ElementSets.concatenate([*HARD_EIGHT, *attackers])
    columns = {name: getattr(joined, name) for name in ElementSets.column_names()}
    columns["norad_id"] = np.arange(FIRST, FIRST + len(joined))
    columns["object_id"] = np.array([f"2026-001{chr(65 + k)}" for k in range(len(joined))], dtype=object)
    return ElementSets(**columns)


def fill_real(file: Path) -> str:
    """A database of real mode at `file`; returns its URL."""
    elements = real_elements()
    facts = SatelliteFacts.of(
        elements.norad_id, owner=_OWNERS, object_type=_TYPES, ops_status=["+"] * len(elements),
        launch_date=["2020-01-01"] * len(elements),
        decay_date=["2026-03-01" if number == GONE else None for number in elements.norad_id],
    )  # fmt: skip
    url = f"sqlite:///{file}"
    with CatalogueStore.open(url) as store:
        store.import_elements(elements, source="made up", data_mode="REAL", at=IMPORTED_AT, facts=facts)
    return url


def fill_simulated(file: Path) -> str:
    """A database with a tenth of the simulated catalogue; returns its URL."""
    snapshot = simulated_catalogue()[::SIMULATED_SHARE]
    url = f"sqlite:///{file}"
    with CatalogueStore.open(url) as store:
        store.import_elements(
            snapshot.elements, source=snapshot.source, data_mode="SIMULATED", at=IMPORTED_AT, facts=facts_of(snapshot)
        )
    return url


def fill_navigation(file: Path) -> str:
    """A database with the navigation satellites of the simulated catalogue; returns its URL."""
    snapshot = simulated_catalogue()
    snapshot = snapshot[np.flatnonzero(missions(snapshot).serving("navigation"))]
    url = f"sqlite:///{file}"
    with CatalogueStore.open(url) as store:
        store.import_elements(
            snapshot.elements, source=snapshot.source, data_mode="SIMULATED", at=IMPORTED_AT, facts=facts_of(snapshot)
        )
    return url


class AppClient:
    """The app, started, and asked in this process over ASGI."""

    def __init__(self, portal: Any, app: Any) -> None:
        self.portal, self.app = portal, app

    def request(
        self, method: str, path: str, *, body: Any = None, headers: dict[str, str] | None = None, **query: Any
    ) -> httpx2.Response:
        async def ask() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(
                    method, path, params=query or None, json=body, headers=headers, timeout=60.0
                )

        return self.portal.call(ask)

    def get(self, path: str, **query: Any) -> httpx2.Response:
        return self.request("GET", path, **query)

    def post(self, path: str, body: Any, **headers: str) -> httpx2.Response:
        return self.request("POST", path, body=body, headers=headers)


@contextlib.contextmanager
def started(url: str | None, *, warm: bool = True, **settings: Any) -> Iterator[AppClient]:
    """The app on a database, its start-up run, its kernels ready; without workers, unless they are asked for."""
    app = create_app(Settings(database_url=url, **{"workers": 0, "schedules": False, **settings}))
    with anyio.from_thread.start_blocking_portal() as portal:
        if not warm:
            yield AppClient(portal, app)
            app.state.keeper.close()
            return
        with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
            assert app.state.warmth.wait(300.0), app.state.warmth.failure
            yield AppClient(portal, app)


@contextlib.contextmanager
def served(url: str, **environment: str) -> Iterator[str]:
    """The real server in a process of its own, ready; gives its address, and prints its log when it dies."""
    with serving(url, **environment) as (address, _):
        yield address


@contextlib.contextmanager
def serving(url: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The same, with the process, for those who mean to kill it."""
    command = [sys.executable, "-m", "api.command_line", "serve", "--port", "0", "--database", url]
    server = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    log: list[str] = []
    reader = threading.Thread(target=lambda: log.extend(iter(server.stderr.readline, "")), daemon=True)  # type: ignore[union-attr]
    reader.start()
    try:
        yield _ready_address(server, log), server
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        reader.join(5)
        assert server.stderr is not None
        server.stderr.close()
        if any("Traceback" in line for line in log):
            print("".join(log))


def _ready_address(server: subprocess.Popen[str], log: list[str]) -> str:
    deadline = time.monotonic() + 300.0
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"the server ended with {server.returncode}:\n{''.join(log)}")
        found = re.search(r"Serving on (\S+)", "".join(log))
        if found:
            try:
                if httpx2.get(f"{found[1]}/readyz", timeout=10.0).status_code == 200:
                    return found[1]
            except httpx2.TransportError:
                pass
        time.sleep(0.1)
    raise AssertionError(f"the server was not ready within 300 s:\n{''.join(log)}")
