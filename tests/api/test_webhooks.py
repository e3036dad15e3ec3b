"""Webhooks from registration to the log, against a real receiver: what is posted, when, signed, again, and no more."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.settings import Settings
from api.webhook_runner import WebhookRunner
from orbits import Instant
from ssa.catalogue.store import CatalogueStore
from ssa.catalogue.webhook_post import post
from ssa.catalogue.webhooks import MOST_FAILURES
from tests.api.test_every_route import require_problem
from tests.faces import AppClient, started
from tests.made_up_station import CORE, DEBRIS, START, fill_station, station
from tests.webhook_receiver import WebhookReceiver

NIGHT = {"watch": str(CORE), "policy": "miss-distance", "grade": "yellow", "hours": 1}
SECRET = "a-secret-of-more-than-sixteen"


@dataclass
class Bench:
    """The app on a station of its own, a runner with a clock of the test's, and a receiver."""

    client: AppClient
    runner: WebhookRunner
    receiver: WebhookReceiver
    database: str
    now: Instant

    def look(self, after_s: float = 0.0) -> None:
        self.now = self.now.plus_s(after_s)
        self.runner.look()

    def register(self, **change: Any) -> dict[str, Any]:
        asked = {"url": f"{self.receiver.address}/in", "watchlist": "night", "secret": SECRET, **change}
        response = self.client.post("/v1/webhooks", asked)
        assert response.status_code == 201, response.text
        return response.json()  # type: ignore[no-any-return]

    def log(self, webhook_id: str) -> list[dict[str, Any]]:
        return self.client.get(f"/v1/webhooks/{webhook_id}/deliveries").json()["deliveries"]  # type: ignore[no-any-return]

    def hook(self, webhook_id: str) -> dict[str, Any]:
        return self.client.get(f"/v1/webhooks/{webhook_id}").json()["webhook"]  # type: ignore[no-any-return]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    database = fill_station(tmp_path / "catalogue.sqlite3")
    with (
        started(database, at_once_s=30.0, webhook_check_s=0.0, catalogue_check_s=0.0) as client,
        WebhookReceiver() as to,
    ):
        state = client.app.state
        made: list[Bench] = []
        runner = WebhookRunner(
            Settings(database_url=database, webhook_check_s=600.0), state.keeper, state.desk, state.warmth, state.shelf,
            state.hooks, clock=lambda: made[0].now,
        )  # fmt: skip
        made.append(Bench(client, runner, to, database, Instant.parse(START)))
        assert client.request("PUT", "/v1/watchlists/night", body=NIGHT).status_code == 201
        yield made[0]


def shifted_debris(bench: Bench, ahead_deg: float) -> None:
    """Import newer elements, with the debris elsewhere along its track."""
    snapshot = station()
    anomaly = snapshot.elements.mean_anomaly_deg.copy()
    anomaly[int(np.flatnonzero(snapshot.elements.norad_id == DEBRIS)[0])] = 90.0 + ahead_deg
    elements = replace(
        snapshot.elements, mean_anomaly_deg=anomaly, element_set_number=snapshot.elements.element_set_number + 1
    )
    with CatalogueStore.open(bench.database) as store:
        store.import_elements(elements, source="made up", data_mode="REAL", at=snapshot.as_of.plus_s(60.0))


def test_a_check_that_could_screen_nothing_is_no_all_clear(bench: Bench) -> None:
    made = bench.register()
    bench.look(after_s=100 * 86400.0)
    assert bench.receiver.received == []
    note = bench.hook(made["webhook"]["id"])["note"]
    assert note.startswith("the check failed: start: ")
    assert "none of the objects asked about can be screened then" in note


def test_what_stands_is_posted_once_and_signed(bench: Bench) -> None:
    made = bench.register()
    bench.look()
    (one,) = bench.receiver.received
    assert one.path == "/in"
    assert one.headers["content-type"] == "application/json"
    said = hmac.new(SECRET.encode(), one.headers["x-ssa-timestamp"].encode() + b"." + one.body, hashlib.sha256)
    assert one.headers["x-ssa-signature"] == f"sha256={said.hexdigest()}"
    message = one.message
    assert message["delivery"] == one.headers["idempotency-key"]
    first = message["alerts"][0]
    assert (first["change"], first["previous_grade"], first["grade"]) == ("new", None, "red")
    assert {first["primary_id"], first["secondary_id"]} == {CORE, DEBRIS}
    assert first["reasons"]
    assert message["catalogue"]["data_mode"] == "REAL"
    assert message["caveats"]
    (line,) = bench.log(made["webhook"]["id"])
    assert (line["state"], line["status"], line["attempts"], line["id"]) == ("delivered", 204, 1, message["delivery"])
    bench.look(after_s=5.0)
    bench.look(after_s=700.0)
    assert len(bench.receiver.received) == 1  # nothing has changed


def test_another_grade_and_an_alert_that_stands_no_more_are_told_when_the_catalogue_changes(bench: Bench) -> None:
    bench.register()
    bench.look()
    told = bench.receiver.received[0].message["alerts"]
    shifted_debris(bench, 0.02)  # 1.7 km off instead of 0.09: yellow instead of red
    bench.look(after_s=10.0)
    second = bench.receiver.received[1].message
    (change,) = [row for row in second["alerts"] if DEBRIS in (row["primary_id"], row["secondary_id"])]
    assert (change["change"], change["previous_grade"], change["grade"]) == ("grade", "red", "yellow")
    shifted_debris(bench, 20.0)
    bench.look(after_s=10.0)
    third = bench.receiver.received[2].message
    assert {one["previous_grade"] for one in third["cleared"]} == {"yellow"}
    assert all(DEBRIS in (one["primary_id"], one["secondary_id"]) for one in third["cleared"])
    assert len(third["cleared"]) >= 1
    assert len(told) >= 1


def test_a_receiver_that_fails_is_asked_again_later_and_later_with_the_same_id(bench: Bench) -> None:
    bench.receiver.status = 503
    made = bench.register()["webhook"]["id"]
    bench.look()
    bench.look(after_s=20.0)  # too early
    assert len(bench.receiver.received) == 1
    bench.look(after_s=11.0)
    assert len(bench.receiver.received) == 2
    bench.look(after_s=40.0)
    assert len(bench.receiver.received) == 2  # the pause has doubled
    (line,) = bench.log(made)
    assert (line["state"], line["attempts"], line["status"], line["note"]) == ("waiting", 2, 503, "it answered 503")
    bench.receiver.status = 200
    bench.look(after_s=30.0)
    assert len(bench.receiver.received) == 3
    assert len({one.headers["idempotency-key"] for one in bench.receiver.received}) == 1
    assert len({one.body for one in bench.receiver.received}) == 1
    assert bench.hook(made)["failures"] == 0
    assert bench.log(made)[0]["state"] == "delivered"


def test_after_many_failures_it_is_disabled_and_says_so(bench: Bench) -> None:
    bench.receiver.status = 500
    made = bench.register()["webhook"]["id"]
    for _ in range(MOST_FAILURES + 2):
        bench.look(after_s=3601.0)
    assert len(bench.receiver.received) == MOST_FAILURES
    assert f"{MOST_FAILURES} attempts in a row failed" in bench.hook(made)["disabled"]
    assert {line["state"] for line in bench.log(made)} <= {"dropped"}


def test_redirects_are_not_followed(bench: Bench) -> None:
    bench.receiver.status = 302
    made = bench.register()["webhook"]["id"]
    bench.look()
    assert [one.path for one in bench.receiver.received] == ["/in"]
    assert bench.log(made)[0]["note"] == "it answered 302"


def test_a_receiver_that_is_slow_or_not_there_is_given_up(bench: Bench) -> None:
    bench.receiver.after_s = 3.0
    at = Instant.parse(START)
    ended = post(f"{bench.receiver.address}/x", b"{}", secret=SECRET, delivery_id="1", at=at, total_time_s=0.5)
    assert (ended.status, ended.problem) == (None, "no answer within 0.5 s")
    ended = post("http://localhost:9/", b"{}", secret=SECRET, delivery_id="1", at=at)
    assert ended.status is None
    assert "ConnectError" in str(ended.problem)


def test_a_watchlist_that_is_gone_is_a_note(bench: Bench) -> None:
    made = bench.register()["webhook"]["id"]
    bench.client.request("DELETE", "/v1/watchlists/night")
    bench.look()
    assert "no watchlist night any more" in bench.hook(made)["note"]
    assert bench.receiver.received == []


def test_secrets_and_paths_are_not_told_again_and_removal_takes_the_log_away(bench: Bench) -> None:
    made = bench.register(url=f"{bench.receiver.address}/token-1234")
    listed = bench.client.get("/v1/webhooks")
    assert listed.json()["webhooks"] == [made["webhook"]]
    assert made["webhook"]["url"] == f"{bench.receiver.address}/..."
    assert SECRET not in listed.text
    assert "token-1234" not in listed.text
    assert made["secret"] == SECRET
    assert len(bench.register(secret=None)["secret"]) > 30
    bench.look()
    address = f"/v1/webhooks/{made['webhook']['id']}"
    assert bench.client.request("DELETE", address).json()["webhook"]["id"] == made["webhook"]["id"]
    for path in (address, f"{address}/deliveries"):
        require_problem(bench.client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https://user:pass@example.org/", "https://10.0.0.1:x/",
        "https://169.254.169.254/latest/meta-data", "https://[fe80::1]/", "https://0.0.0.0/", "https://127.0.0.2/",
        "https://[::ffff:169.254.169.254]/", "https://example.org/#part", "https://exa mple.org/", "http://localhost.evil.org/",
    ],
)  # fmt: skip
def test_addresses_that_no_webhook_may_have_are_refused(bench: Bench, url: str) -> None:
    document = require_problem(
        bench.client.post("/v1/webhooks", {"url": url, "watchlist": "night"}), 422, "invalid-value"
    )
    assert document["errors"][0]["field"] == "url"


def test_a_watchlist_that_is_none_is_refused(bench: Bench) -> None:
    body = {"url": "https://example.org/", "watchlist": "nigth"}
    assert "night" in require_problem(bench.client.post("/v1/webhooks", body), 422, "unknown-name")["detail"]


def test_the_service_checks_by_itself(tmp_path: Path) -> None:
    database = fill_station(tmp_path / "catalogue.sqlite3")
    with started(database, at_once_s=30.0) as client, WebhookReceiver() as receiver:
        assert client.request("PUT", "/v1/watchlists/night", body=NIGHT).status_code == 201
        body = {"url": f"{receiver.address}/in", "watchlist": "night"}
        made = client.post("/v1/webhooks", body).json()["webhook"]
        deadline = time.monotonic() + 60.0
        while (found := client.get(f"/v1/webhooks/{made['id']}").json()["webhook"])["checked"] is None:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert found["failures"] == 0


def test_a_check_is_claimed_by_one_of_several_servers(bench: Bench) -> None:
    bench.register()
    hooks = bench.client.app.state.hooks
    (seen,) = hooks.all()
    assert hooks.claim_check(seen, at=bench.now, digest="0" * 64)
    assert not hooks.claim_check(seen, at=bench.now, digest="0" * 64)
