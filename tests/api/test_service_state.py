"""The service while the world around it changes: imports, broken databases, kernels not ready, too many questions."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import anyio
import pytest

from api.errors import Busy
from api.heavy_work import HeavyWork
from ssa.catalogue.store import CatalogueStore
from tests.api.test_every_route import require_problem
from tests.faces import IMPORTED_AT, LEO, fill_real, real_elements, started
from tests.orbits_of_note import made_up

QUESTION = {"lat": 54.9, "lon": 23.9, "all": True, "start": "2026-03-10T06:00:00Z", "hours": 3}


@pytest.fixture
def database(real_database: str, tmp_path: Path) -> Path:
    """A database of its own, to be changed or broken."""
    file = tmp_path / "catalogue.sqlite3"
    with sqlite3.connect(real_database.removeprefix("sqlite:///")) as connection:
        connection.execute("VACUUM INTO ?", (str(file),))
    connection.close()
    return file


def test_a_new_import_is_served_without_a_restart(database: Path) -> None:
    url = f"sqlite:///{database}"
    with started(url, catalogue_check_s=0.0) as client:
        before = client.get("/v1/catalogue").json()["catalogue"]
        with CatalogueStore.open(url) as store:
            store.import_elements(
                made_up("NEWCOMER", mean_motion=14.0, norad_id=95_000), source="second", data_mode="REAL",
                at=IMPORTED_AT.plus_s(3600.0),
            )  # fmt: skip
        after = client.get("/v1/catalogue").json()["catalogue"]
        assert after["objects"] == before["objects"] + 1
        assert after["digest"] != before["digest"]
        assert client.get("/v1/objects/95000").status_code == 200
        earlier = client.get("/v1/catalogue", as_of="2026-03-10T04:30:00Z").json()["catalogue"]
        assert earlier["digest"] == before["digest"]


def test_between_checks_the_held_snapshot_answers_and_the_database_is_left_alone(database: Path) -> None:
    with started(f"sqlite:///{database}", catalogue_check_s=3600.0) as client:
        assert client.get("/v1/catalogue").status_code == 200
        shutil.move(database, database.with_suffix(".away"))
        assert client.get(f"/v1/objects/{LEO}").status_code == 200


def test_a_database_that_is_gone_is_a_503_and_one_that_comes_back_is_served(database: Path) -> None:
    with started(f"sqlite:///{database}", catalogue_check_s=0.0) as client:
        assert client.get("/readyz").status_code == 200
        for tail in ("", "-wal", "-shm"):
            held = database.with_name(database.name + tail)
            if held.exists():
                shutil.move(held, held.with_suffix(f".away{tail}"))
        document = require_problem(client.get(f"/v1/objects/{LEO}"), 503, "database")
        assert "removed or replaced" in document["detail"]
        database.unlink(missing_ok=True)
        for tail in ("-wal", "-shm"):
            database.with_name(database.name + tail).unlink(missing_ok=True)
        fill_real(database)
        assert client.get(f"/v1/objects/{LEO}").status_code == 200
        assert client.get("/readyz").status_code == 200


def test_a_database_of_a_newer_schema_is_a_503_and_left_as_it_is(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with started(f"sqlite:///{database}") as client:
        document = require_problem(client.get("/v1/catalogue"), 503, "database")
    assert "newer" in document["detail"]
    assert "Upgrade" in document["detail"]


def test_a_file_that_is_no_database_is_a_503(tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite3"
    file.write_bytes(b"these are my notes, not a database\n" * 100)
    with started(f"sqlite:///{file}") as client:
        require_problem(client.get("/v1/catalogue"), 503, "database")
    assert file.read_bytes().startswith(b"these are my notes")


def test_until_kernels_are_ready_the_service_says_so_and_answers_what_needs_none(real_database: str) -> None:
    with started(real_database, warm=False) as client:
        document = require_problem(client.get("/readyz"), 503, "not-ready")
        assert "compiled" in document["detail"]
        response = client.get("/v1/passes", **QUESTION)
        require_problem(response, 503, "not-ready")
        assert response.headers["retry-after"] == "5"
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/catalogue").status_code == 200


def test_more_heavy_questions_than_may_wait_are_told_to_come_back() -> None:
    release, outcomes = threading.Event(), []

    async def one(work: HeavyWork) -> None:
        try:
            outcomes.append(await work.compute(release.wait, 30.0))
        except Busy:
            outcomes.append("busy")

    async def all_at_once() -> None:
        work = HeavyWork(places=1, waiting=1)
        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(one, work)
            while outcomes.count("busy") < 2:
                await anyio.sleep(0.01)
            release.set()
        assert await work.compute(lambda: "free again") == "free again"

    anyio.run(all_at_once)
    assert outcomes.count("busy") == 2
    assert outcomes.count(True) == 2


def test_light_requests_are_answered_while_heavy_ones_compute(real_database: str) -> None:
    with started(real_database, heavy_questions=1) as client:
        release = threading.Event()
        heavy = client.portal.start_task_soon(client.app.state.heavy.compute, release.wait, 30.0)
        assert client.get("/healthz").status_code == 200
        assert client.get(f"/v1/objects/{LEO}").status_code == 200
        assert not heavy.done()
        release.set()
        assert heavy.result() is True


def test_the_metrics_count_by_route_template_and_name_no_object(real_database: str) -> None:
    with started(real_database) as client:
        client.get(f"/v1/objects/{LEO}")
        client.get("/v1/nothing/secret-place")
        text = client.get("/metrics").text
    assert 'ssa_requests_total{method="GET",route="/v1/objects/{norad_id}",status="200"} 1.0' in text
    assert 'route="none",status="404"' in text
    assert f"objects/{LEO}" not in text
    assert "secret-place" not in text
    assert f"ssa_catalogue_objects {float(len(real_elements()))}" in text
    assert "ssa_kernels_ready 1.0" in text
