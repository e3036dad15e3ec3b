"""Space-Track through its client, against a server on the loopback interface that logs in and answers the class gp."""

from __future__ import annotations

import json
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from orbits import Instant, InvalidValue
from ssa.catalogue.sources import update_catalogue
from ssa.catalogue.store import CatalogueStore
from ssa.errors import SourceError
from tests.made_up_sets import as_csv, empty_database, made_up_sets

pytest.importorskip("spacetrack")
from ssa.catalogue.space_track import GP_WAIT_S, SpaceTrackSource

START = Instant.parse("2026-03-10T06:00:00Z")
FIELDS = [
    {"Field": name, "Type": "varchar(99)", "Null": "YES", "Default": None}
    for name in ("DECAY_DATE", "EPOCH", "NORAD_CAT_ID")
]


@pytest.fixture
def server(monkeypatch):
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)

    class Handler(BaseHTTPRequestHandler):
        def reply(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, text in {"Content-Length": str(len(content)), **(headers or {})}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            good = said == "identity=someone&password=s3cret"
            self.reply(200, b'""' if good else b'{"Login":"Failed"}', {"Set-Cookie": "chocolatechip=x"})

        def do_GET(self) -> None:
            running.asked.append(self.path)
            if "modeldef" in self.path:
                self.reply(200, json.dumps({"data": FIELDS}).encode())
            elif "query/class/gp" in self.path:
                self.reply(*running.answer)
            else:
                self.reply(200, b"logged out")

        def log_message(self, *_args: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        asked: list[str] = []  # noqa: RUF012 - one server a test
        answer = (200, as_csv(made_up_sets(30)), {"Content-Type": "text/csv"})

    running = Server(("127.0.0.1", 0), Handler)
    running.asked = []
    serving = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield running
    running.shutdown()
    serving.join()
    running.server_close()


@pytest.fixture
def store(tmp_path: Path):
    with CatalogueStore.open(empty_database(tmp_path / "catalogue.sqlite3")) as opened:
        yield opened


def source_at(server, tmp_path: Path, password: str = "s3cret") -> SpaceTrackSource:
    return SpaceTrackSource(
        "someone", password, base_url=f"http://127.0.0.1:{server.server_address[1]}", cache_folder=str(tmp_path),
        total_time_s=10.0, jitter=random.Random(1),
    )  # fmt: skip


def gp_requests(server) -> list[str]:
    return [path for path in server.asked if "query/class/gp" in path]


def test_the_class_gp_is_asked_once_an_hour_and_a_little_more(server, store, tmp_path):
    report = update_catalogue(store, source_at(server, tmp_path), at=START)
    assert [feed.outcome for feed in report.feeds] == ["imported"]
    assert len(store.load_snapshot()) == 30
    assert gp_requests(server) == [
        "/basicspacedata/query/class/gp/decay_date/null-val/epoch/%3Enow-30/orderby/norad_cat_id/format/csv"
    ]
    for minutes in (1, 30, 59, 60):
        again = update_catalogue(store, source_at(server, tmp_path), at=START.plus_s(60.0 * minutes))
        assert again.feeds[0].outcome == "not yet"
    assert len(gp_requests(server)) == 1
    assert (
        update_catalogue(store, source_at(server, tmp_path), at=START.plus_s(2 * GP_WAIT_S)).feeds[0].outcome
        == "imported"
    )


def test_an_account_that_is_not_accepted_is_said_and_appears_in_no_message(server, store, tmp_path):
    report = update_catalogue(store, source_at(server, tmp_path, "wrong-pass"), at=START)
    assert report.failed
    assert "does not accept the account; check SSA_SPACE_TRACK_USER" in report.feeds[0].detail
    assert "wrong-pass" not in report.feeds[0].detail
    assert gp_requests(server) == []
    assert update_catalogue(store, source_at(server, tmp_path), at=START.plus_s(61.0)).changed


@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        ((200, b"<html>login</html>", {}), "quarantined", "a web page (HTML)"),
        ((500, b"down", {}), "failed", "500"),
        ((302, b"", {"Location": "http://192.0.2.1/s3cret"}), "failed", "points to http://192.0.2.1/***"),
        ((200, b"\n", {}), "empty", "no such element sets"),
    ],
)
def test_what_is_no_catalogue_is_reported_and_not_asked_again_within_the_hour(
    server, store, tmp_path, answer, outcome, said
):
    server.answer = answer
    report = update_catalogue(store, source_at(server, tmp_path), at=START)
    assert report.feeds[0].outcome == outcome
    assert said in report.feeds[0].detail
    assert update_catalogue(store, source_at(server, tmp_path), at=START.plus_s(3599.0)).feeds[0].outcome == "not yet"
    assert len(gp_requests(server)) == 1


def test_space_track_has_no_groups(store, server, tmp_path):
    with pytest.raises(InvalidValue, match="has no groups"):
        update_catalogue(store, source_at(server, tmp_path), ["active"], at=START)


def test_the_client_that_is_not_installed_is_said_with_the_command_to_install_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "spacetrack", None)  # what an absent package looks like
    with pytest.raises(SourceError, match=r'pip install "allied-ssa\[space-track\]"'):
        SpaceTrackSource.from_environment({})
