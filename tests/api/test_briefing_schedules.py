"""Briefings made each day: the clock is moved, jobs are computed by the real worker's code, the series is kept."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.briefing_clock import BriefingClock
from api.jobs.kind import Basis, unreported
from api.jobs.kinds.briefing import BRIEFING
from api.models.briefing import BriefingRequest
from orbits import Instant
from ssa.catalogue.briefing_schedules import BriefingSchedule, BriefingSchedules, next_time
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_leases import JobLeases
from tests.api.test_every_route import require_problem
from tests.faces import AppClient, fill_simulated, started

BRIEFING_ASKED = {
    "region": "country:LT", "cell_km": 150.0, "alliance": "FRA", "hours": 1.0, "format": "json", "decay_days": 0.0,
    "debris": False, "miss_km": 0.0, "grade": "none",
}  # fmt: skip
BODY = {"name": "baltic", "time_utc": "04:05", "keep": 2, "briefing": BRIEFING_ASKED}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with started(fill_simulated(tmp_path_factory.mktemp("schedules") / "catalogue.sqlite3"), warm=False) as app:
        yield app


class Day:
    """A clock that tests move, and the worker that computes what it asked for."""

    def __init__(self, client: AppClient, at: str) -> None:
        self.desk, self.schedules = client.app.state.desk, client.app.state.schedules
        self.at = Instant.parse(at)
        self.clock = BriefingClock(self.desk, self.schedules, lambda: self.at)

    def is_now(self, at: str) -> None:
        self.at = Instant.parse(at)
        self.clock.tick()

    def computed(self) -> list[dict[str, Any]]:
        """Compute every job that waits as a worker does, and return its questions."""
        leases, asked = JobLeases(self.desk.database), []
        while (lease := leases.claim("test", at=self.at)) is not None:
            request = json.loads(lease.job.request)
            basis = Basis(self.desk._keeper.snapshot(None), ())
            answer = BRIEFING.run(BriefingRequest(**request), basis, unreported)
            content = gzip.compress(json.dumps(answer).encode())
            leases.finish(lease, content, elapsed_s=1.0, at=self.at, expires=self.at.plus_s(3600.0))
            asked.append(request)
        return asked


def keep(client: AppClient, at: str, **change: Any) -> Day:
    """A schedule that was kept at a moment."""
    day = Day(client, at)
    body = {**BODY, **change}
    assert client.post("/v1/briefing-schedules", body).status_code in (200, 201)
    kept = day.schedules.find(body["name"])
    day.schedules.save(BriefingSchedule(
        kept.name, kept.request, kept.time_utc, kept.keep, next_time(kept.time_utc, day.at), day.at
    ))  # fmt: skip
    return day


def test_each_day_is_briefed_once_told_against_the_last_and_only_the_last_are_kept(client: AppClient) -> None:
    day = keep(client, "2026-01-02T03:00:00Z")
    day.is_now("2026-01-02T04:04:59Z")
    assert day.computed() == []
    day.is_now("2026-01-02T04:05:00Z")
    day.is_now("2026-01-02T04:05:05Z")  # the second look asks for nothing more
    (first,) = day.computed()
    assert (first["start"], first["since"]) == ("2026-01-02T04:05:00Z", None)
    for date in ("2026-01-03", "2026-01-04"):
        day.is_now(f"{date}T04:05:01Z")
        (asked,) = day.computed()
        assert asked["start"] == f"{date}T04:05:00Z"
        assert asked["since"]["coverage"]["region"]["name"] == "Lithuania"
    day.is_now("2026-01-04T04:06:00Z")
    row = client.get("/v1/briefing-schedules/baltic").json()["schedule"]
    assert [one["start"] for one in row["series"]] == ["2026-01-04T04:05:00Z", "2026-01-03T04:05:00Z"]
    assert (row["next_run"], row["due"], row["problem"]) == ("2026-01-05T04:05:00Z", None, None)
    file = client.get(row["series"][0]["href"])
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.json()["since"]["before_start"] == "2026-01-03T04:05:00.000Z"
    assert client.get("/v1/briefing-schedules").json()["schedules"] == [row]
    gone = row["series"][1]["number"] - 1
    require_problem(client.get(f"/v1/briefing-schedules/baltic/briefings/{gone}"), 404, "not-found")
    assert client.request("DELETE", "/v1/briefing-schedules/baltic").json()["schedule"] == row
    require_problem(client.get("/v1/briefing-schedules/baltic"), 404, "not-found")
    require_problem(client.request("DELETE", "/v1/briefing-schedules/baltic"), 404, "not-found")
    assert day.schedules.series("baltic") == []


def test_days_that_were_missed_are_made_up_for_once_and_a_process_that_dies_between_loses_nothing(
    client: AppClient,
) -> None:
    day = keep(client, "2026-02-01T03:00:00Z", name="missed")
    day.schedules.fall_due(Instant.parse("2026-02-05T10:00:00Z"))  # and the process dies before it asks
    another = Day(client, "2026-02-05T10:00:20Z")
    another.clock.tick()
    job = another.schedules.find("missed").job_id
    day.is_now("2026-02-05T10:00:30Z")  # another process with the same database
    assert another.schedules.find("missed").job_id == job
    assert day.desk.job(job).state == "queued"
    asked = another.computed()
    assert [one["start"] for one in asked] == ["2026-02-05T04:05:00Z"]
    another.is_now("2026-02-05T10:01:00Z")
    day.is_now("2026-02-05T10:01:01Z")
    assert [one.due.isoformat(0) for one in day.schedules.series("missed")] == ["2026-02-05T04:05:00Z"]
    assert day.schedules.find("missed").next_run == Instant.parse("2026-02-06T04:05:00Z")
    client.request("DELETE", "/v1/briefing-schedules/missed")


def test_one_that_fails_says_why_and_the_next_day_is_tried_again(client: AppClient) -> None:
    day = keep(client, "2026-02-01T03:00:00Z", name="cancelled")
    day.is_now("2026-02-01T04:05:00Z")
    day.desk.end(day.schedules.find("cancelled").job_id)
    day.is_now("2026-02-01T04:05:10Z")
    row = client.get("/v1/briefing-schedules/cancelled").json()["schedule"]
    assert "is cancelled" in row["problem"]
    assert row["due"] is None
    day.is_now("2026-02-02T04:05:00Z")
    assert len(day.computed()) == 1
    day.is_now("2026-02-02T04:06:00Z")
    row = client.get("/v1/briefing-schedules/cancelled").json()["schedule"]
    assert (row["problem"], len(row["series"])) == (None, 1)
    client.request("DELETE", "/v1/briefing-schedules/cancelled")


def test_a_schedule_of_another_region_keeps_its_series_and_tells_no_difference(client: AppClient) -> None:
    day = keep(client, "2026-02-01T03:00:00Z", name="moved")
    day.is_now("2026-02-01T04:05:00Z")
    day.computed()
    day.is_now("2026-02-01T04:06:00Z")
    day = keep(client, "2026-02-01T12:00:00Z", name="moved", briefing={**BRIEFING_ASKED, "region": "country:LV"})
    day.is_now("2026-02-02T04:05:00Z")
    (asked,) = day.computed()
    assert (asked["region"], asked["since"]) == ("country:LV", None)
    day.is_now("2026-02-02T04:06:00Z")
    assert len(client.get("/v1/briefing-schedules/moved").json()["schedule"]["series"]) == 2
    client.request("DELETE", "/v1/briefing-schedules/moved")


def test_the_clock_looks_by_itself_until_it_is_stopped(client: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.briefing_clock.LOOK_S", 0.02)
    # a day that no other test has briefed: the job of a question that was answered is not made again
    day = keep(client, "2026-03-01T03:00:00Z", name="alone")
    day.at = Instant.parse("2026-03-01T04:05:00Z")
    day.clock.start()
    deadline = time.monotonic() + 60.0
    while day.schedules.find("alone").job_id is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    day.clock.stop()
    assert [request["start"] for request in day.computed()] == ["2026-03-01T04:05:00Z"]
    client.request("DELETE", "/v1/briefing-schedules/alone")


@pytest.mark.parametrize("change", [
    {"time_utc": "24:00"}, {"time_utc": "4:05"}, {"keep": 0}, {"keep": 101}, {"name": "a/b"}, {"name": ""},
    {"briefing": {**BRIEFING_ASKED, "region": "country:ATLANTIS"}},
    {"briefing": {**BRIEFING_ASKED, "start": "2026-01-02T00:00:00Z"}},
    {"briefing": {**BRIEFING_ASKED, "sections": ["weather"]}},
    {"briefing": {**BRIEFING_ASKED, "policy": "nobody"}}, {"extra": 1},
])  # fmt: skip
def test_what_could_not_be_briefed_is_refused_at_once(client: AppClient, change: dict[str, Any]) -> None:
    reply = client.post("/v1/briefing-schedules", {**BODY, "name": "wrong", **change})
    named = reply.json()["type"].rpartition(":")[2]
    require_problem(reply, 422, "unknown-name" if named == "unknown-name" else "invalid-value")
    assert "wrong" not in [row["name"] for row in client.get("/v1/briefing-schedules").json()["schedules"]]


def test_the_number_of_schedules_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssa.catalogue.briefing_schedules.MOST_SCHEDULES", 1)
    at = Instant.parse("2026-02-01T03:00:00Z")
    schedules = BriefingSchedules(JobDatabase(f"sqlite:///{tmp_path / 'own.sqlite3'}"))
    one = BriefingSchedule("one", "{}", "04:05", 1, next_time("04:05", at), at)
    assert schedules.save(one)
    assert not schedules.save(one)
    with pytest.raises(ValueError, match="remove one first"):
        schedules.save(BriefingSchedule("two", "{}", "04:05", 1, next_time("04:05", at), at))
