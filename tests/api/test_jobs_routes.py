"""Jobs over HTTP: at once or 202, events, results, cancelling, equal questions, limits. Workers are real processes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.app import create_app
from api.jobs.kinds import KINDS
from api.models.coverage import CoverageReply
from api.models.jobs import AcceptedJob, Job, JobAnswer, JobsAnswer
from api.models.passes import PassesAnswer
from api.settings import Settings
from tests.api.test_every_route import require_problem
from tests.faces import AppClient, fill_simulated, served, started

START = "2026-03-11T00:00:00Z"
SLOW_SITES = 240  # of 3,000 objects over a day: some seconds on one core


def question(sites: int = 1, hours: float = 24.0, **more: Any) -> dict[str, Any]:
    places = [
        {
            "name": f"site {number}",
            "latitude_deg": -70.0 + 140.0 * number / sites,
            "longitude_deg": number * 37.0 % 360.0,
        }
        for number in range(sites)
    ]
    return {"sites": places, "all": True, "start": START, "hours": hours, "limit": 500, **more}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    url = fill_simulated(tmp_path_factory.mktemp("jobs") / "catalogue.sqlite3")
    with (
        served(url, SSA_WORKERS="1", SSA_AT_ONCE_S="0.1", SSA_QUEUED_JOBS="4") as address,
        httpx2.Client(base_url=address, timeout=60.0) as client,
    ):
        yield client


def asked(client: httpx2.Client, body: dict[str, Any], **headers: str) -> dict[str, Any]:
    response = client.post("/v1/passes", json=body, headers=headers)
    assert response.status_code == 202, response.text
    job = response.json()
    AcceptedJob.model_validate(job, strict=True)
    assert response.headers["location"] == job["location"] == f"/v1/jobs/{job['id']}"
    return job


def state_of(client: httpx2.Client, job: dict[str, Any]) -> dict[str, Any]:
    body = client.get(job["location"]).json()
    JobAnswer.model_validate(body, strict=True)
    return body["job"]


def wait_for(client: httpx2.Client, job: dict[str, Any], *states: str, timeout_s: float = 120.0) -> dict[str, Any]:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        now = state_of(client, job)
        if now["state"] in states:
            return now
        time.sleep(0.1)
    raise AssertionError(f"the job is not {states} but {now}")


def events(client: httpx2.Client, job: dict[str, Any], **headers: str) -> Iterator[tuple[str, str, Any]]:
    """Name, id and content of each event."""
    with client.stream("GET", job["events"], headers=headers) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        for line in stream.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "data" in fields:
                yield fields["event"], fields["id"], json.loads(fields["data"], parse_constant=pytest.fail)
                fields = {}


def test_a_small_question_is_answered_at_once_and_as_get_answers_it(client: httpx2.Client) -> None:
    body = question(hours=6.0)
    response = client.post("/v1/passes", json=body)
    assert response.status_code == 200, response.text
    found = response.json()
    PassesAnswer.model_validate(found, strict=True)
    by_get = client.get(
        "/v1/passes", params={"site": "site 0=-70,0", "all": True, "start": START, "hours": 6, "limit": 500}
    )
    assert found == by_get.json()


def test_a_large_question_is_a_job_with_progress_partial_results_and_the_answer(client: httpx2.Client) -> None:
    body = question(20)
    job = asked(client, body)
    assert (job["existing"], job["result"], job["problem"]) == (False, None, None)
    seen = list(events(client, job))
    names = [name for name, _, _ in seen]
    assert names[-1] == "end"
    assert names.count("end") == 1
    assert "restart" not in names
    partials = [content for name, _, content in seen if name == "partial"]
    assert len(partials) >= 3
    searched = [partial["objects_searched"] for partial in partials]
    assert searched == sorted(searched)
    assert partials[0]["passes"][0]["norad_id"] > 0
    fractions = [content["fraction"] for name, _, content in seen if name in ("progress", "end")]
    assert fractions == sorted(fractions)
    end = seen[-1][2]
    Job.model_validate(end, strict=True)
    assert (end["state"], end["fraction"], end["attempts"]) == ("done", 1.0, 1)
    assert "progress" in names

    found = client.get(end["result"]).json()
    PassesAnswer.model_validate(found, strict=True)
    assert found["catalogue"]["digest"] == end["catalogue_digest"]
    assert found["objects_searched"] == searched[-1]
    assert found["passes_found"] == partials[-1]["passes_found"] > len(found["passes"]) == 500
    assert found["caveats"][0].startswith("SIMULATED")
    plain = client.get(end["result"], headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == found
    sites = [f"{site['name']}={site['latitude_deg']!r},{site['longitude_deg']!r}" for site in body["sites"]]
    by_get = client.get("/v1/passes", params={"site": sites, "all": True, "start": START, "hours": 24, "limit": 500})
    assert found == by_get.json()

    again = asked(client, body)
    assert (again["existing"], again["id"], again["state"]) == (True, job["id"], "done")
    place = len(partials) // 2
    after = list(events(client, job, **{"Last-Event-ID": f"1-{place}"}))
    assert [content for name, _, content in after if name == "partial"] == partials[place:]
    assert after[-1][0] == "end"
    text = client.get("/metrics").text
    assert 'ssa_jobs_ended_total{kind="passes",state="done"} 1.0' in text
    assert 'ssa_jobs{state="done"} 1.0' in text


def test_a_job_is_cancelled_at_once_and_its_worker_is_free_for_the_next(client: httpx2.Client) -> None:
    job = asked(client, question(SLOW_SITES))
    wait_for(client, job, "running")
    following = events(client, job)
    assert any(content["seconds_left"] for name, _, content in following if name == "progress")
    cancelled = client.delete(job["location"])
    assert cancelled.json()["job"]["state"] == "cancelled"
    assert [name for name, _, _ in following][-1] == "end"
    require_problem(client.get(f"{job['location']}/result"), 409, "no-result")
    other = asked(client, question(4))
    assert wait_for(client, other, "done")["attempts"] == 1
    assert client.delete(job["location"]).status_code == 200  # what has ended is removed
    require_problem(client.get(job["location"]), 404, "not-found")
    require_problem(client.delete(job["location"]), 404, "not-found")
    assert asked(client, question(SLOW_SITES, hours=23.0))["existing"] is False


def test_jobs_wait_in_a_queue_that_has_an_end_and_are_listed_by_pages(client: httpx2.Client) -> None:
    for job in client.get("/v1/jobs").json()["jobs"]:
        client.delete(job["location"])
    first = asked(client, question(SLOW_SITES, hours=22.0))
    wait_for(client, first, "running")
    waiting = [asked(client, question(SLOW_SITES, hours=21.0 - number)) for number in range(4)]
    refused = client.post("/v1/passes", json=question(SLOW_SITES, hours=5.5))
    require_problem(refused, 503, "busy")
    assert refused.headers["retry-after"] == "5"
    assert asked(client, question(SLOW_SITES, hours=21.0))["existing"] is True
    assert client.post("/v1/passes", json=question(hours=1.0)).status_code == 200  # small ones wait for nobody

    page = client.get("/v1/jobs", params={"state": "queued", "limit": 3}).json()
    JobsAnswer.model_validate(page, strict=True)
    rest = client.get("/v1/jobs", params={"state": "queued", "limit": 3, "cursor": page["next"]}).json()
    assert [job["id"] for job in (*page["jobs"], *rest["jobs"])] == [job["id"] for job in reversed(waiting)]
    assert rest["next"] is None
    require_problem(client.get("/v1/jobs", params={"cursor": "page 2"}), 422, "invalid-value")
    for job in (*waiting, first):
        assert client.delete(job["location"]).json()["job"]["state"] == "cancelled"


def test_a_key_gives_the_same_job_and_is_refused_for_another_question(client: httpx2.Client) -> None:
    body = question(3, hours=20.0)
    first = asked(client, body, **{"Idempotency-Key": "k-1"})
    client.delete(first["location"])
    again = asked(client, body, **{"Idempotency-Key": "k-1"})
    assert (again["id"], again["existing"]) == (first["id"], True)
    other = client.post("/v1/passes", json=question(3, hours=19.0), headers={"Idempotency-Key": "k-1"})
    document = require_problem(other, 422, "invalid-value")
    assert document["errors"][0]["field"] == "Idempotency-Key"


TOO_MUCH: dict[str, tuple[Any, int, str, str]] = {
    "a month over a thousand sites": (question(1000, 744.0), 413, "too-large", "object_site_days"),
    "more sites than fit": (question(1001), 422, "invalid-value", "sites"),
    "a window of years": (question(hours=100_000.0), 422, "invalid-value", "hours"),
    "no site": (question(0) | {"sites": []}, 422, "invalid-value", "sites"),
    "a site twice": (question() | {"sites": question()["sites"] * 2}, 422, "invalid-value", "site"),
    "a latitude past the pole": (
        question() | {"sites": [{"latitude_deg": 91.0, "longitude_deg": 0.0}]}, 422, "invalid-value",
        "sites.0.latitude_deg",
    ),
    "more objects than fit": (question(objects=list(range(1, 10_002)), all=False), 422, "invalid-value", "objects"),
    "a number that is text": (question(objects=["25544"], all=False), 422, "invalid-value", "objects.0"),
    "two kinds of objects": (question(objects=[700000001]), 422, "invalid-value", "objects"),
    "a naive time": (question() | {"start": "2026-03-11T00:00:00"}, 422, "invalid-value", "start"),
    "a key that is none": (question(hurry=True), 422, "invalid-value", "hurry"),
    "an alliance nobody knows": (question(alliance="NATOO", all=False), 422, "unknown-name", "alliance"),
    "a list": ([1, 2], 422, "invalid-value", "body"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_cannot_be_asked_is_refused_before_any_work_and_the_limit_is_named(
    client: httpx2.Client, what: str
) -> None:
    body, status, name, field = TOO_MUCH[what]
    before = client.get("/v1/jobs").json()
    document = require_problem(client.post("/v1/passes", json=body), status, name)
    assert document["errors"][0]["field"] == field
    assert client.get("/v1/jobs").json() == before
    if status == 413:
        assert "more than the limit of 10,000,000" in document["detail"]


RAW: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "nothing": (b"", (422,)),
    "no JSON": (b"sites=1", (400, 422)),
    "bytes that are no text": (b"\xff\xfe{}", (400, 422)),
    "depth": (b"[" * 100_000, (400, 422)),
    "NaN": (b'{"sites": [{"latitude_deg": NaN, "longitude_deg": 0}], "start": "' + START.encode() + b'"}', (400, 422)),
    "1e999": (b'{"sites": [{"latitude_deg": 1e999, "longitude_deg": 0}], "start": "' + START.encode() + b'"}', (422,)),
    "3 MB": (b'{"start": "' + b"x" * (3 << 20) + b'"}', (413,)),
}


@pytest.mark.parametrize("what", RAW)
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_no_question_is_a_problem(client: httpx2.Client, what: str, chunked: bool) -> None:
    content, statuses = RAW[what]
    pieces = (content[first : first + 10_000] for first in range(0, len(content), 10_000))
    response = client.post(
        "/v1/passes", content=pieces if chunked else content, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in statuses, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert json.loads(response.content, parse_constant=pytest.fail)["status"] == response.status_code


def test_a_page_elsewhere_cannot_ask_in_a_browsers_name(client: httpx2.Client) -> None:
    content = json.dumps(question()).encode()
    for media_type in ("text/plain", "application/x-www-form-urlencoded"):
        assert client.post("/v1/passes", content=content, headers={"Content-Type": media_type}).status_code == 422


@pytest.mark.parametrize("tail", ["", "/result", "/events"])
@pytest.mark.parametrize("job_id", ["0" * 32, "%00", "..", "x' OR '1'='1"])
def test_a_job_that_is_not_there_is_a_404(client: httpx2.Client, tail: str, job_id: str) -> None:
    response = client.get(f"/v1/jobs/{job_id}{tail}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_more_streams_than_may_be_open_are_told_to_come_back(simulated_database: str, tmp_path: Path) -> None:
    with started(fill_simulated(tmp_path / "catalogue.sqlite3"), event_streams=1, at_once_s=0.0) as client:
        job = client.post("/v1/passes", question(hours=1.0)).json()
        states = client.app.state.desk.watch.states(client.app.state.desk.job(job["id"]))
        client.portal.call(states.__anext__)
        require_problem(client.get(job["events"]), 503, "busy")
        client.portal.call(states.aclose)
        client.request("DELETE", job["location"])
        assert client.get(job["events"]).status_code == 200


def test_a_question_is_computed_of_the_catalogue_it_was_asked_of(tmp_path: Path) -> None:
    from ssa.catalogue.store import CatalogueStore
    from tests.faces import IMPORTED_AT, fill_real
    from tests.orbits_of_note import made_up

    url = fill_real(tmp_path / "catalogue.sqlite3")
    with started(url, at_once_s=0.0) as client:
        job = client.post("/v1/passes", question()).json()
    with CatalogueStore.open(url) as store:
        newcomer = made_up("NEWCOMER", mean_motion=14.0, norad_id=95_000)
        store.import_elements(newcomer, source="second", data_mode="REAL", at=IMPORTED_AT.plus_s(60.0))
    with started(url, at_once_s=0.0, workers=1) as client:
        asked_of = client.get("/v1/catalogue").json()["catalogue"]["digest"]
        deadline = time.monotonic() + 60.0
        while (now := client.get(job["location"]).json()["job"])["state"] != "done" and time.monotonic() < deadline:
            time.sleep(0.1)
        found = client.get(now["result"]).json()
        assert found["catalogue"]["digest"] == job["catalogue_digest"] != asked_of
        assert client.post("/v1/passes", question()).json()["existing"] is False


def test_while_kernels_are_compiled_jobs_are_taken_and_small_questions_told_to_wait(
    simulated_database: str, tmp_path: Path
) -> None:
    url = fill_simulated(tmp_path / "catalogue.sqlite3")
    with started(url, warm=False) as client:
        require_problem(client.post("/v1/passes", question(hours=1.0)), 503, "not-ready")
        assert client.post("/v1/passes", question(80)).status_code == 202
        client.app.state.desk.close()


def test_the_openapi_document_states_the_limits_of_every_kind() -> None:
    document = create_app(Settings(database_url="sqlite:////nowhere/at/all.sqlite3")).openapi()
    posts = {route: methods["post"] for route, methods in document["paths"].items() if "post" in methods}
    assert len(posts) >= len(KINDS)
    stated = [limits for post in posts.values() if (limits := post.get("x-limits"))]
    for kind in KINDS.values():
        assert kind.openapi()["x-limits"] in stated
    passes = posts["/v1/passes"]
    assert "object_site_days at most 10,000,000" in passes["responses"]["413"]["description"]
    assert set(passes["responses"]) >= {"200", "202", "413", "422", "503"}
    schema = document["components"]["schemas"]["PassesRequest"]["properties"]
    assert schema["sites"]["maxItems"] == 1000
    assert schema["hours"]["anyOf"][0]["maximum"] == 744.0


def test_the_command_line_lists_shows_and_cancels(ssa: Any, tmp_path: Path) -> None:
    url = fill_simulated(tmp_path / "catalogue.sqlite3")
    with started(url, at_once_s=0.0) as client:
        job = client.post("/v1/passes", question()).json()
    at = ["--database", url]
    assert ssa("jobs", "list", "--json", *at).json["jobs"][0]["id"] == job["id"]
    assert job["id"] in ssa("jobs", "list", "--state", "queued", *at).out
    assert ssa("jobs", "show", job["id"], "--json", *at).json["job"]["state"] == "queued"
    assert ssa("jobs", "show", job["id"], "--result", "--json", *at).json["type"].endswith("no-result")
    assert ssa("jobs", "cancel", job["id"], "--json", *at).json["job"]["state"] == "cancelled"
    assert ssa("jobs", "show", "nothing", *at).status == 2
    assert ssa("jobs", "list", "--state", "lost", *at).status == 2


def test_a_light_request_is_answered_while_a_job_computes(client: AppClient | httpx2.Client) -> None:
    assert isinstance(client, httpx2.Client)
    job = asked(client, question(SLOW_SITES, hours=72.0))
    wait_for(client, job, "running")
    for _ in range(20):
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/objects", params={"limit": 1}).status_code == 200
    assert state_of(client, job)["state"] == "running"
    client.delete(job["location"])


def test_heavy_coverage_is_a_job_and_small_coverage_is_not(client: httpx2.Client) -> None:
    small = {
        "region": "country:LT",
        "alliance": "NATO",
        "mission": "imaging",
        "cell_km": 50,
        "start": START,
        "hours": 1,
    }
    assert client.post("/v1/coverage", json=small).status_code == 200
    heavy = {**small, "region": "box:-30,30,40,70", "cell_km": 40, "hours": 24, "contribution": True}
    response = client.post("/v1/coverage", json=heavy)
    assert response.status_code == 202, response.text
    job = response.json()
    assert wait_for(client, job, "done", "failed")["state"] == "done"
    answer = client.get(f"{job['location']}/result").json()
    CoverageReply.model_validate(answer)
    assert 0.0 < answer["measures"]["covered_fraction"] < 1.0
    assert answer["catalogue"]["data_mode"] == "SIMULATED"
    parts = [row["shapley_fraction"] for row in answer["contribution"]]
    assert abs(sum(parts) - answer["measures"]["covered_fraction"]) < 1e-6
