"""A claimed job while it is computed: progress, cancelling, failures, limits, and a database that fails meanwhile."""

from __future__ import annotations

import gzip
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.jobs import holding
from api.jobs.holding import Abandoned, Holding
from api.jobs.kind import Report
from orbits import Instant, InvalidValue
from ssa.catalogue import database as database_module
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_leases import JobLeases
from ssa.catalogue.job_queue import JobQueue
from ssa.catalogue.job_records import JobRecord, NewJob

AT = Instant.parse("2026-03-10T06:00:00Z")


class Bench:
    """A job in a database, claimed, and computed by whatever function a test gives."""

    def __init__(self, file: Path) -> None:
        self.database = JobDatabase(f"sqlite:///{file}")
        self.queue, self.leases = JobQueue(self.database), JobLeases(self.database)
        self.job, _ = self.queue.submit(NewJob("made up", "{}", "a", "c", AT, 1.0), at=AT, most_queued=9)
        lease = self.leases.claim("w", at=AT)
        assert lease is not None
        self.stop = threading.Event()
        self.holding = Holding(self.leases, lease, kept_s=60.0, result_bytes=2000, grace_s=0.5)

    def compute(self, answer: Callable[[Report], dict[str, Any]]) -> JobRecord:
        self.holding.compute(answer, self.stop)
        return self.now()

    def now(self) -> JobRecord:
        found = self.queue.job(self.job.id)
        assert found is not None
        return found

    def cancel_when_running(self) -> None:
        while self.now().fraction == 0.0:
            time.sleep(0.02)
        self.queue.cancel(self.job.id, at=AT, expires=AT.plus_s(60.0))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "jobs.sqlite3")
    yield made
    made.database.close()


def test_progress_partials_and_the_answer_are_stored(bench: Bench) -> None:
    def answer(report: Report) -> dict[str, Any]:
        for step in range(5):
            report(step / 5, {"step": step})
        report(0.1)  # progress never goes back
        time.sleep(0.8)
        assert bench.now().fraction == 0.8
        return {"found": float("nan")}

    ended = bench.compute(answer)
    assert (ended.state, ended.fraction, ended.partials) == ("done", 1.0, 5)
    assert [json.loads(content) for _, content in bench.queue.partials(ended.number, 1, 3)] == [
        {"step": 3},
        {"step": 4},
    ]
    assert json.loads(gzip.decompress(bench.queue.result(ended.number) or b"")) == {"found": None}
    assert ended.expires is not None


def test_progress_is_written_at_most_every_half_second(bench: Bench) -> None:
    def answer(report: Report) -> dict[str, Any]:
        for step in range(150):
            report(step / 150)
            time.sleep(0.01)
        return {}

    assert bench.compute(answer).version - bench.job.version <= 7  # claimed, three or four times progress, the end


def test_a_cancelled_computation_ends_at_its_next_report(bench: Bench) -> None:
    ended = threading.Event()

    def answer(report: Report) -> dict[str, Any]:
        try:
            while True:
                report(0.5)
                time.sleep(0.01)
        finally:
            ended.set()

    canceller = threading.Thread(target=bench.cancel_when_running)
    canceller.start()
    assert bench.compute(answer).state == "cancelled"
    canceller.join()
    assert ended.is_set()


def test_a_computation_that_does_not_listen_is_abandoned(bench: Bench) -> None:
    release = threading.Event()

    def answer(report: Report) -> dict[str, Any]:
        report(0.5)
        release.wait(30.0)
        return {}

    canceller = threading.Thread(target=bench.cancel_when_running)
    canceller.start()
    with pytest.raises(Abandoned):
        bench.compute(answer)
    canceller.join()
    release.set()
    assert bench.now().state == "cancelled"


def test_when_the_worker_is_stopped_the_job_goes_back_into_the_queue(bench: Bench) -> None:
    release = threading.Event()
    bench.stop.set()
    again = bench.compute(lambda report: {"waited": release.wait(30.0)})
    release.set()
    assert (again.state, again.lost_leases) == ("queued", 0)


@pytest.mark.parametrize(
    ("error", "name", "words"),
    [
        (InvalidValue("start", "then", "is no time"), "invalid-value", "start: then: is no time"),
        (ZeroDivisionError("secret detail"), "internal", "its log says why"),
        (MemoryError(), "internal", "its log says why"),
    ],
)
def test_a_failure_is_a_problem_document(bench: Bench, error: Exception, name: str, words: str) -> None:
    def answer(report: Report) -> dict[str, Any]:
        raise error

    ended = bench.compute(answer)
    assert ended.state == "failed"
    problem = json.loads(ended.problem or "")
    assert problem["type"].endswith(name)
    assert words in problem["detail"]


def test_a_result_past_the_limit_is_not_stored(bench: Bench) -> None:
    ended = bench.compute(lambda report: {str(number): number**5 for number in range(1000)})
    assert ended.state == "failed"
    assert json.loads(ended.problem or "")["type"].endswith("too-large")
    assert bench.queue.result(ended.number) is None


def test_partials_past_the_limit_are_dropped_and_counted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MAX_PARTIAL_BYTES", 100)
    monkeypatch.setattr(holding, "MAX_PARTIALS_BYTES", 200)

    def answer(report: Report) -> dict[str, Any]:
        for size in (50, 500, 50, 50, 50, 50):
            report(0.1, {"text": "x" * size})
        return {}

    ended = bench.compute(answer)
    assert (ended.partials, ended.partials_dropped) == (3, 3)


def test_a_database_that_is_locked_for_a_while_costs_no_partial_and_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_S", 0.2)  # the product waits 5 s
    bench = Bench(tmp_path / "jobs.sqlite3")
    holder = sqlite3.connect(tmp_path / "jobs.sqlite3", isolation_level=None, check_same_thread=False)

    def answer(report: Report) -> dict[str, Any]:
        holder.execute("BEGIN IMMEDIATE")
        threading.Timer(2.0, holder.execute, ("ROLLBACK",)).start()
        for step in range(3):
            report(step / 3, {"step": step})
            time.sleep(0.3)
        return {"found": 1}

    ended = bench.compute(answer)
    assert (ended.state, ended.partials) == ("done", 3)
    holder.close()
    bench.database.close()
