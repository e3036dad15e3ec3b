"""Databases and the started app, made once for all tests of the faces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.command_line import run
from tests.faces import AppClient, fill_real, fill_simulated, started


@pytest.fixture(scope="session")
def real_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_real(tmp_path_factory.mktemp("real") / "catalogue.sqlite3")


@pytest.fixture(scope="session")
def simulated_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_simulated(tmp_path_factory.mktemp("simulated") / "catalogue.sqlite3")


@pytest.fixture(scope="session")
def real(real_database: str) -> Iterator[AppClient]:
    with started(real_database) as client:
        yield client


@pytest.fixture(scope="session")
def simulated(simulated_database: str) -> Iterator[AppClient]:
    with started(simulated_database) as client:
        yield client


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with started(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'catalogue.sqlite3'}") as client:
        yield client


class Ran:
    """What a command did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out, parse_constant=pytest.fail)


@pytest.fixture
def ssa(capfd: pytest.CaptureFixture[str], real_database: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SSA_DATABASE_URL", real_database)

    def call(*arguments: str) -> Ran:
        status = run(arguments)
        written = capfd.readouterr()
        return Ran(status, written.out, written.err)

    return call
