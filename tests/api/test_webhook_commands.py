"""`ssa webhooks`: added, listed, posted to by the service, and removed from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.command_line import run
from api.settings import Settings
from api.webhook_runner import WebhookRunner
from orbits import Instant
from tests.faces import started
from tests.made_up_station import CORE, START, fill_station
from tests.webhook_receiver import WebhookReceiver

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return fill_station(tmp_path / "catalogue.sqlite3")


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], database: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("SSA_DATABASE_URL", database)

    def ran(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        written = capfd.readouterr()
        return status, written.out, written.err

    asked = ("--watch", str(CORE), "--policy", "miss-distance", "--hours", "1")
    assert ran("alerts", "save", "night", *asked)[0] == 0
    return ran


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as to:
        yield to


def listed(call: Call) -> list[dict[str, Any]]:
    status, out, _ = call("webhooks", "list", "--json")
    assert status == 0
    return json.loads(out)["webhooks"]  # type: ignore[no-any-return]


def test_what_is_added_is_posted_to_and_its_log_is_shown(call: Call, receiver: WebhookReceiver, database: str) -> None:
    status, secret, err = call("webhooks", "add", f"{receiver.address}/key-123", "--watchlist", "night")
    assert status == 0
    (hook,) = listed(call)
    assert hook["id"].startswith(err.split()[1].rstrip(":"))
    assert (hook["watchlist"], hook["grade"], hook["checked"]) == ("night", "yellow", None)
    with started(database, at_once_s=30.0, webhook_check_s=0.0, catalogue_check_s=0.0) as client:
        state = client.app.state
        WebhookRunner(
            Settings(database_url=database, webhook_check_s=600.0), state.keeper, state.desk, state.warmth, state.shelf,
            state.hooks, clock=lambda: Instant.parse(START),
        ).look()  # fmt: skip
    (post,) = receiver.received
    assert post.path == "/key-123"
    status, out, _ = call("webhooks", "log", hook["id"][:6], "--json")
    assert status == 0
    (line,) = json.loads(out)["deliveries"]
    assert (line["state"], line["status"], line["attempts"]) == ("delivered", 204, 1)
    shown = call("webhooks", "list")[1] + call("webhooks", "log", hook["id"][:6])[1]
    assert "night" in shown
    assert "delivered" in shown
    assert START[:16].replace("T", " ") in shown
    for hidden in ("key-123", secret.strip()):
        assert hidden not in shown + out + json.dumps(hook)


def test_what_is_removed_is_gone_with_its_log(call: Call) -> None:
    status, out, _ = call(
        "webhooks", "add", "https://hooks.example.org/x", "--watchlist", "night", "--grade", "red", "--json"
    )
    made = json.loads(out)
    assert status == 0
    assert made["secret"]
    assert made["webhook"]["grade"] == "red"
    assert call("webhooks", "remove", made["webhook"]["id"])[0] == 0
    assert listed(call) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "ftp://example.org", "--watchlist", "night"), "https"),
        (("add", "https://hooks.example.org/x", "--watchlist", "dawn"), "night"),
        (("add", "https://hooks.example.org/x", "--watchlist", "night", "--grade", "green"), "red or yellow"),
        (("remove", "no-such"), "no webhook"),
        (("log", "no-such"), "no webhook"),
        (("log", ""), "no webhook"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(call: Call, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = call("webhooks", *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert listed(call) == []


def test_the_beginning_of_two_ids_names_neither(call: Call) -> None:
    for number in range(17):  # of seventeen hexadecimal ids two begin alike
        assert call("webhooks", "add", f"https://hooks.example.org/{number}", "--watchlist", "night")[0] == 0
    firsts = [hook["id"][0] for hook in listed(call)]
    shared = next(first for first in firsts if firsts.count(first) > 1)
    status, _, err = call("webhooks", "remove", shared)
    assert status == 2
    assert "write more of it" in err
    assert len(listed(call)) == 17
