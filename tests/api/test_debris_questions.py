"""`POST /v1/debris/...`: the answers of GET, with sizes of the asker's own, at once or by a job."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.api.test_every_route import require_problem
from tests.faces import LEO, SUN_SYNCHRONOUS, AppClient, fill_simulated, started

QUESTIONS: dict[str, dict[str, Any]] = {
    "flux": {"altitude_km": 800.0, "inclination_deg": 98.6},
    "risk": {"limit": 3, "alliance": "NATO"},
    "congestion": {"limit": 3},
    "derelicts": {"alliance": "NATO", "computed": 3},
    "breakups": {"object": LEO, "at": "2026-03-10T06:00:00Z", "smallest_m": 0.2},
    "decay": {"objects": [LEO, SUN_SYNCHRONOUS], "years": 5.0},
    "compliance": {"objects": [LEO, SUN_SYNCHRONOUS]},
}


def as_query(body: dict[str, Any]) -> dict[str, Any]:
    return {name: ",".join(map(str, each)) if isinstance(each, list) else each for name, each in body.items()}


@pytest.mark.parametrize("name", QUESTIONS)
def test_post_answers_what_get_answers(real: AppClient, name: str) -> None:
    posted = real.post(f"/v1/debris/{name}", QUESTIONS[name])
    assert posted.status_code == 200, posted.text
    assert posted.json() == real.get(f"/v1/debris/{name}", **as_query(QUESTIONS[name])).json()


@pytest.mark.parametrize("name", QUESTIONS)
def test_post_refuses_a_field_that_it_does_not_know(real: AppClient, name: str) -> None:
    document = require_problem(real.post(f"/v1/debris/{name}", {**QUESTIONS[name], "oops": 1}), 422, "invalid-value")
    assert document["errors"][0]["field"] == "oops"


def test_sizes_of_the_asker_go_before_all_others(real: AppClient) -> None:
    sizes = [{"norad_id": LEO, "radius_m": 7.5}, {"norad_id": SUN_SYNCHRONOUS, "mass_kg": 123.0}]
    body = real.post("/v1/debris/risk", {"limit": 20, "sizes": sizes}).json()
    by_number = {row["norad_id"]: row for row in body["objects"]}
    assert by_number[LEO]["radius_m"] == 7.5
    assert by_number[LEO]["size_basis"] == "table"
    assert by_number[SUN_SYNCHRONOUS]["mass_kg"] == 123.0
    assert by_number[SUN_SYNCHRONOUS]["mass_basis"] == "table"
    plain = real.get("/v1/debris/risk", limit=20).json()
    assert next(row for row in plain["objects"] if row["norad_id"] == LEO)["radius_m"] != 7.5


@pytest.mark.parametrize(
    "sizes", [[{"norad_id": 5, "radius_m": 0.0}], [{"radius_m": 1.0}], [{"norad_id": 5}] * 20_001, [{"norad_id": "5"}]]
)
def test_sizes_that_cannot_be_used_are_refused(real: AppClient, sizes: list[dict[str, Any]]) -> None:
    document = require_problem(real.post("/v1/debris/risk", {"sizes": sizes}), 422, "invalid-value")
    assert document["errors"][0]["field"].startswith("sizes")


def test_heavy_questions_are_jobs_that_can_be_cancelled(tmp_path: Path) -> None:
    url = fill_simulated(tmp_path / "catalogue.sqlite3")
    with started(url, at_once_s=0.0) as client:  # no worker: jobs wait
        for name, body in (("risk", {"all_pairs": True}), ("decay", {"alliance": "NATO"}),
                           ("compliance", {"alliance": "NATO"}), ("derelicts", {"alliance": "NATO"})):  # fmt: skip
            response = client.post(f"/v1/debris/{name}", body)
            assert response.status_code == 202
            job = client.get(response.headers["location"]).json()["job"]
            assert (job["kind"], job["state"]) == (f"debris-{name}", "queued")
            assert client.request("DELETE", response.headers["location"]).json()["job"]["state"] == "cancelled"
            require_problem(client.get(f"{response.headers['location']}/result"), 409, "no-result")


def test_a_question_past_a_limit_is_refused_before_anything_is_computed(simulated: AppClient) -> None:
    stage = simulated.get("/v1/objects", object_type="R/B", limit=1).json()["objects"][0]["norad_id"]
    struck = {"object": stage, "alliance": "NATO", "smallest_m": 0.05, "mass_kg": 9000.0, "impactor_kg": 100.0}
    response = simulated.get("/v1/debris/breakups", **struck)
    assert response.status_code == 413
    assert "POST" in require_problem(response, 413, "too-much")["detail"]
    job = simulated.post("/v1/debris/breakups", struck)
    assert job.status_code == 202
    assert simulated.request("DELETE", job.headers["location"]).json()["job"]["state"] == "cancelled"
    response = simulated.post("/v1/debris/breakups", {**struck, "mass_kg": 1e6, "impactor_kg": 1e5})
    assert response.status_code == 413
    assert "piece_assets" in require_problem(response, 413, "too-large")["detail"]
    asked = simulated.get("/v1/debris/derelicts", alliance="NATO", computed=900)
    document = require_problem(asked, 413, "too-much")
    assert document["errors"][0]["field"] == "computed"


def test_heavy_questions_are_computed_by_a_worker_with_the_answers_of_get(tmp_path: Path) -> None:
    url = fill_simulated(tmp_path / "catalogue.sqlite3")
    with started(url, at_once_s=0.0, workers=1) as client:
        asked = {
            "decay": {"alliance": "FRA", "years": 5.0, "limit": 5},
            "compliance": {"alliance": "FRA", "limit": 5},
            "risk": {"limit": 2, "all_pairs": True},
        }
        jobs = {name: client.post(f"/v1/debris/{name}", body).json() for name, body in asked.items()}
        found = {name: _result(client, job) for name, job in jobs.items()}
        for name in ("decay", "compliance"):
            assert found[name] == client.get(f"/v1/debris/{name}", **asked[name]).json()
        pairs = found["risk"]["all_pairs"]
        assert pairs["total_collisions_per_year"] == pytest.approx(found["risk"]["total_collisions_per_year"], rel=0.02)
        assert pairs["largest_owner_difference"] < 0.05
        plain = client.get("/v1/debris/risk", limit=2).json()
        assert {**found["risk"], "all_pairs": None} == plain


def _result(client: AppClient, job: dict[str, Any]) -> Any:
    deadline = time.monotonic() + 240.0
    while time.monotonic() < deadline:
        now = client.get(job["location"]).json()["job"]
        if now["state"] in ("done", "failed"):
            assert now["state"] == "done", now["problem"]
            assert now["fraction"] == 1.0
            return client.get(now["result"]).json()
        time.sleep(0.2)
    raise AssertionError(f"the job is not done: {now}")


def test_density_over_earlier_catalogues(real: AppClient) -> None:
    body = real.get("/v1/debris/density", width_km=200, at="2026-03-10T05:00:00Z").json()
    assert [row["as_of"] for row in body["history"]] == ["2026-03-10T05:00:00Z"]
    assert body["history"][0]["density_per_km3"] == [shell["density_per_km3"] for shell in body["shells"]]
    document = require_problem(real.get("/v1/debris/density", at="2020-01-01T00:00:00Z"), 422, "invalid-value")
    assert "before" in document["detail"] or "first import" in document["detail"]
