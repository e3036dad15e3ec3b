"""`ssa alerts`, POST /v1/alerts and watchlists: a made-up station, its debris, and wrong questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.command_line import run
from api.models.alerts import AlertsReply, PoliciesReply
from tests.api.test_every_route import require_problem
from tests.faces import AppClient, started
from tests.made_up_station import CORE, DEBRIS, FERRY, SATELLITE, START, fill_station

ASKED: dict[str, Any] = {"watch": f"{CORE},{SATELLITE}", "start": START, "hours": 1, "policy": "miss-distance"}
CALL = [
    "alerts",
    "check",
    "--watch",
    f"{CORE},{SATELLITE}",
    "--start",
    START,
    "--hours",
    "1",
    "--policy",
    "miss-distance",
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_station(tmp_path_factory.mktemp("station") / "catalogue.sqlite3")


@pytest.fixture(scope="module")
def client(database: str) -> Any:
    with started(database, at_once_s=30.0) as found:
        yield found


def found(client: AppClient, **change: Any) -> dict[str, Any]:
    response = client.post("/v1/alerts", {**ASKED, **change})
    assert response.status_code == 200, response.text
    return json.loads(response.content, parse_constant=pytest.fail)  # type: ignore[no-any-return]


class Ran:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], database: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SSA_DATABASE_URL", database)

    def ran(*arguments: str) -> Ran:
        status = run(arguments)
        written = capfd.readouterr()
        return Ran(status, written.out, written.err)

    return ran


def test_the_answer_has_the_promised_keys_and_ranks_the_gravest_first(client: AppClient) -> None:
    body = found(client)
    AlertsReply.model_validate(body, strict=True)
    assert set(AlertsReply.model_fields) == set(body)
    assert body["counts"]["red"] == sum(row["grade"] == "red" for row in body["alerts"]) >= 1
    first = body["alerts"][0]
    assert (first["primary_id"], first["secondary_id"], first["grade"]) == (CORE, DEBRIS, "red")
    assert first["tca"].startswith("2026-03-10T03:59:59.9")
    assert first["miss_distance_km"] == pytest.approx(0.088, abs=0.005)
    assert first["reasons"][0].startswith("Red by Miss distance only: the miss is 0.08")
    assert body["watched"] == {"asked": "2 listed objects", "objects": 2, "left_out": {}, "not_in_catalogue": []}
    assert any("do not support a manoeuvre decision" in caveat for caveat in body["caveats"])
    assert all({row["primary_id"], row["secondary_id"]} != {CORE, FERRY} for row in body["alerts"])
    assert {(row["primary_id"], row["secondary_id"]) for row in body["stays"]} >= {(CORE, FERRY)}


def test_the_command_says_the_same_and_its_status_tells_an_alert(client: AppClient, call: Any) -> None:
    done = call(*CALL, "--json")
    assert done.status == 1
    assert json.loads(done.out) == found(client)
    calm = call(*CALL[:-1], "cara", "--grade", "red", "--without", "core,lookout", "--json")
    assert calm.status == 2  # nobody is left to watch
    far = call("alerts", "check", "--watch", "41006", "--start", START, "--hours", "0.1", "--json")
    assert far.status == 0
    assert json.loads(far.out)["alerts"] == []


def test_a_duty_officer_reads_a_table_and_sentences(call: Any) -> None:
    done = call(*CALL)
    assert done.status == 1
    assert "RED" in done.out
    assert "OLD DEB (41005) passes CORE (41001) at 0.08" in done.out
    assert "2 objects watched" in done.err
    assert "stay near one another" in done.err


def test_stakes_and_own_policies_are_taken(client: AppClient, call: Any, tmp_path: Path) -> None:
    body = found(client, stakes={str(SATELLITE): 0.25}, stakes_label="adds {stake:.0%} to the coverage")
    told = [sentence for row in body["alerts"] for sentence in row["reasons"]]
    assert "At stake: LOOKOUT 1 (41004) adds 25% to the coverage." in told
    own = {"name": "ours", "source": "a test", "red": [{"miss_at_most_km": 0.05}], "yellow": [{"miss_at_most_km": 0.3}]}
    body = found(client, own_policy=own)
    assert body["policy"]["name"] == "ours"
    assert body["counts"]["red"] == 0
    (tmp_path / "ours.json").write_text(json.dumps(own))
    (tmp_path / "stakes.json").write_text(json.dumps({str(SATELLITE): 0.25}))
    done = call(*CALL[:-1], str(tmp_path / "ours.json"), "--stakes", str(tmp_path / "stakes.json"), "--json")
    assert json.loads(done.out)["counts"] == body["counts"]


def test_a_coverage_answer_is_what_is_at_stake(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "coverage.json"
    ran = call(
        "coverage", "--region", "box:-180,60,180,89", "--objects", f"{CORE},{SATELLITE}", "--min-elevation", "5",
        "--contribution", "--start", START, "--hours", "1", "--json",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    answer = json.loads(ran.out)
    file.write_text(ran.out)
    done = json.loads(call(*CALL, "--stakes", str(file), "--json").out)
    told = [sentence for row in done["alerts"] for sentence in row["reasons"] if sentence.startswith("At stake: ")]
    parts = {row["owner"]: row["shapley_fraction"] for row in answer["contribution"]}
    assert parts["FR"] > 0.0
    assert parts["US"] > 0.0
    name = answer["region"]["name"]
    for number, owner, called in ((CORE, "US", "CORE"), (SATELLITE, "FR", "LOOKOUT 1")):
        assert any(
            one.startswith(f"At stake: {called} ({number}) adds {parts[owner]:.2%} to the coverage of {name}")
            for one in told
        )
    file.write_text(json.dumps({**answer, "contribution": None}))
    refused = call(*CALL, "--stakes", str(file), "--json")
    assert refused.status == 2
    assert "--contribution" in refused.out


@pytest.mark.parametrize(
    ("change", "field", "name"),
    [
        ({"watch": "planet:MARS"}, "watch", "invalid-value"), ({"watch": None}, "watch", "invalid-value"),
        ({"watch": "alliance:NATTO"}, "alliance", "unknown-name"), ({"policy": "carra"}, "policy", "unknown-name"),
        ({"hours": 169}, "hours", "invalid-value"), ({"grade": "amber"}, "grade", "invalid-value"),
        ({"own_policy": {"name": "x", "source": "y"}}, "own_policy.red", "invalid-value"),
        ({"stakes": {"1": -1.0}}, "stakes[1]", "invalid-value"),
        ({"without": "core,lookout"}, "watch", "invalid-value"),
        ({"commercial": True}, "commercial", "invalid-value"), ({"watchlist": "x"}, "watchlist", "invalid-value"),
        ({"watch": None, "watchlist": "x"}, "watchlist", "unknown-name"),
    ],
)  # fmt: skip
def test_wrong_questions_are_refused_by_field(client: AppClient, change: dict[str, Any], field: str, name: str) -> None:
    document = require_problem(client.post("/v1/alerts", {**ASKED, **change}), 422, name)
    assert [row["field"] for row in document["errors"]] == [field]


def test_wrong_calls_are_refused(call: Any, tmp_path: Path) -> None:
    for more in (["--hours", "200"], ["--grade", "amber"], ["--policy", str(tmp_path / "none.json")],
                 ["--stakes", str(tmp_path / "none.json")], ["--watchlist", "x"]):  # fmt: skip
        assert call(*CALL, *more).status == 2


def test_policies_are_listed_with_their_sources(client: AppClient, call: Any) -> None:
    body = client.get("/v1/alert-policies").json()
    PoliciesReply.model_validate(body, strict=True)
    assert json.loads(call("alerts", "policies", "--json").out) == body
    assert "cara: NASA CARA." in call("alerts", "policies").out


def test_a_watchlist_is_kept_asked_changed_and_removed(client: AppClient, call: Any) -> None:
    wanted = {"watch": f"{CORE},{SATELLITE}", "policy": "miss-distance", "hours": 1.0, "grade": "red"}
    assert client.request("PUT", "/v1/watchlists/station", body=wanted).status_code == 201
    assert client.request("PUT", "/v1/watchlists/station", body=wanted).status_code == 200
    (kept,) = client.get("/v1/watchlists").json()["watchlists"]
    assert {key: kept[key] for key in wanted} == wanted
    body = client.post("/v1/alerts", {"watchlist": "station", "start": START}).json()
    assert body["grade"] == "red"
    assert body["alerts"] == [row for row in found(client)["alerts"] if row["grade"] == "red"]
    done = call("alerts", "check", "--watchlist", "station", "--start", START, "--json")
    assert done.status == 1
    assert json.loads(done.out)["alerts"] == body["alerts"]
    assert client.request("DELETE", "/v1/watchlists/station").json()["watchlist"] == kept
    require_problem(client.get("/v1/watchlists/station"), 404, "not-found")
    require_problem(client.request("DELETE", "/v1/watchlists/station"), 404, "not-found")


def test_watchlists_are_kept_from_the_command_line_too(client: AppClient, call: Any) -> None:
    assert (
        call("alerts", "save", "nato", "--watch", "alliance:NATO", "--without", "STARLINK", "--policy", "cara").status
        == 0
    )
    assert "alliance:NATO" in call("alerts", "list").out
    assert client.get("/v1/watchlists/nato").json()["watchlist"]["policy"] == "cara"
    assert call("alerts", "remove", "nato").status == 0
    assert call("alerts", "remove", "nato").status == 2


@pytest.mark.parametrize(
    ("name", "change"),
    [("%20", {}), ("a", {"watch": " "}), ("a", {"policy": "none"}), ("a", {"hours": 0}), ("a", {"colour": 1})],
)
def test_a_watchlist_that_cannot_be_asked_is_refused(client: AppClient, name: str, change: dict[str, Any]) -> None:
    response = client.request("PUT", f"/v1/watchlists/{name}", body={"watch": "25544", **change})
    assert response.status_code == 422, response.text


def test_what_is_given_beside_a_watchlist_stands(call: Any, client: AppClient) -> None:
    kept = ("--watch", f"{CORE},{SATELLITE}", "--policy", "miss-distance", "--hours", "1")
    assert call("alerts", "save", "beside", *kept).status == 0
    own = json.loads(call("alerts", "check", "--watchlist", "beside", "--start", START, "--json").out)
    assert (own["grade"], own["policy"]["name"], own["end"]) == ("yellow", "miss-distance", "2026-03-10T04:30:00.000Z")
    given = ("--grade", "red", "--policy", "cara", "--hours", "2")
    told = json.loads(call("alerts", "check", "--watchlist", "beside", "--start", START, *given, "--json").out)
    by_http = found(client, watch=None, watchlist="beside", grade="red", policy="cara", hours=2)
    for body in (told, by_http):
        assert (body["grade"], body["policy"]["name"]) == ("red", "cara")
        assert body["end"] == "2026-03-10T05:30:00.000Z"
    refused = call("alerts", "check", "--watchlist", "beside", "--start", START, "--without", "ISS")
    assert refused.status == 2
    assert "--watch" in refused.err


def test_nobody_is_told_all_clear_about_an_object_that_was_not_screened(call: Any, client: AppClient) -> None:
    """Element sets of March say nothing of August: no count of nought, and an exit status that is no all-clear."""
    late = "2026-08-01T00:00:00Z"
    ran = call("alerts", "check", "--watch", str(CORE), "--start", late, "--hours", "1")
    assert (ran.status, ran.out) == (2, "")
    assert f"none of the objects asked about can be screened then ({CORE} " in ran.err
    screened = call("screen", "--primaries", str(CORE), "--start", late, "--hours", "1")
    assert (screened.status, screened.out) == (2, "")
    require_problem(client.post("/v1/alerts", {**ASKED, "start": late}), 422, "invalid-value")
